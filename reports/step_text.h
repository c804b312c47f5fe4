// A step that did not pass, as people read it. Pure: the console shows it and JUnit carries it.
#pragma once

#include "record/run.h"
#include "reports/text_block.h"

#include <string>

namespace murphy::reports {

// "scenarios/sign-in.toml:12:3"; without the line when it is 0.
std::string place_text(const Place& place);
// The same without the column.
std::string line_text(const Place& place);

// What the report knows of the app that it shows steps of.
struct TargetShown {
  std::string url;       // addresses of the app are shown without its origin
  std::string trace_url; // see record::TargetReady
};

// Where the step failed: at its first failure, else at its error, else where it stands.
const Place& place_of_trouble(const record::StepResult& step);

// What came of a failed or erroneous step, in one line: `submit "Sign in", dashboard: expected open; got …`.
std::string headline(const record::StepResult& step);

// Of a step that was skipped, what it was and why, in one line; empty for any other.
std::string skip_text(const record::StepResult& step);

// The source line cut to the room there is, so that the place in it is seen, and below it carets under the place.
// Nothing when there is no such line.
void write_source(TextBlock& block, std::string_view source_line, const Place& place);

// Each failed expectation with its source line, expected and got, or what kept Murphy from judging.
void write_failures(TextBlock& block, const record::StepResult& step);

// Why, as far as the evidence shows; each failed expectation with its source line, expected and got, or what kept
// Murphy from judging; then the evidence, and the trace that its requests carried.
void write_step(TextBlock& block, const record::StepResult& step, const TargetShown& target = {});

// Of a step whose cause was shown before: what was expected and got, and `again`, which says where the rest is.
void write_step_again(TextBlock& block, const record::StepResult& step, std::string_view again);

} // namespace murphy::reports
