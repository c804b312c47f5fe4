// What a run amounts to, in words that every report but the console shares. Pure.
#pragma once

#include "record/run.h"
#include "reports/causes.h"

#include <string>
#include <vector>

namespace murphy::reports {

enum class RunVerdict { passed, failed, not_judged, interrupted };

// A failure outweighs what could not be judged, as the exit code has it.
RunVerdict verdict_of(const record::Run& run, const std::vector<Cause>& causes);

// "55 of 71 scenarios failed, from 1 cause"; "71 scenarios passed".
std::string verdict_text(const record::Run& run, const std::vector<Cause>& causes);

// "71 scenarios: 16 passed, 55 failed".
std::string sum_text(const record::Run& run);

// "staging, version 2.4.1 at a1b2c3d of rename-users": what is known of the app and its code; may be empty.
std::string subject_text(const record::Run& run);

// The file from the top of the checkout, as CI systems name it: "web/scenarios/sign-in.toml".
std::string file_in_checkout(const record::Run& run, const std::string& file);

// "3 scenarios", "1 cause".
std::string counted(std::size_t number, std::string_view thing);

// Lines below the words of a cause: its evidence, what to do, and the lines of the code. Each is one line.
std::vector<std::string> lines_of(const Cause& cause);

// One line on what became of a case: why it did not pass, or was skipped; empty when it passed.
std::string outcome_text(const record::Run& run, const record::CaseResult& result);

// A step whose `when` did not hold, and why, in one line: "click “Accept cookies” skipped: `when` does not hold: …".
struct SkippedStep {
  const record::CaseResult* result;
  const record::StepResult* step;
  std::string text;
};

// All of a run, in its order; of a case only where it ran: what skipped the whole of it is its outcome.
std::vector<SkippedStep> skipped_steps(const record::Run& run);
std::vector<SkippedStep> skipped_steps(const record::CaseResult& result);

// At most `most` lines of them, each with the name of its scenario; the last says how many more there are.
std::vector<std::string> skipped_lines(const record::Run& run, std::size_t most);

// "passed", "failed", "could not be judged", "known failure", "skipped", "not run".
std::string_view outcome_word(const record::CaseResult& result);

// Whether a person went through the run step by step.
bool is_stepped(const record::Run& run);

// Nothing failed, but a person skipped a step, or repeated one until it passed.
bool is_unjudged_by_hand(const record::CaseResult& result);

bool is_known_failure(const record::CaseResult& result);

} // namespace murphy::reports
