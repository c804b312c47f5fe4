// What did not pass in a run, put together by what caused it. Pure.
#pragma once

#include "record/run.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::reports {

// The step that decided a case that did not pass: the first that ended as the case did, else the first in trouble; null
// where there is none.
const record::StepResult* decisive_step(const record::CaseResult& result);

// What cases are put together by: the fingerprint of the first suspect, if it is more than a guess. Empty where the
// evidence names no cause.
std::string_view cause_key(const std::vector<record::Suspect>& suspects);

// A case that did not pass. The pointers look into the run.
struct CauseMember {
  const record::CaseResult* result = nullptr;
  const record::StepResult* step = nullptr; // that decided; null: none tells more
  Place place;                              // of what went wrong, else of the case
};

struct Cause {
  std::string id;                           // 16 hexadecimal digits, the same in every run
  const record::Suspect* suspect = nullptr; // of the proof; null: the evidence names none
  const record::TargetLost* lost = nullptr; // the cases did not run, as the app was not there
  std::string words;                        // one line: "the model — column …", "cause unknown: status: expected …"
  std::vector<CauseMember> members;         // in the order of the plan; empty only where an app was lost at the end
  std::size_t proof = 0;                    // the member that shows most
  bool is_judged() const;                   // a member failed, or the app is broken
};

// A lost app first, then by confidence, then by how many cases they have, then in the order of the plan. Cases without
// a named cause are one where the same expectation got the same; cases that are skipped, or were not reached by a run
// that ended early, belong to none.
std::vector<Cause> causes_of(const record::Run& run);

// Which cause a case has: its number, from 1, and the member that proves it.
struct CauseOfCase {
  std::size_t number = 0;
  const CauseMember* proof = nullptr;
  bool is_named = false; // a suspect has been found
};

// By case. The pointers look into `causes`.
std::map<const record::CaseResult*, CauseOfCase> by_case(const std::vector<Cause>& causes);

} // namespace murphy::reports
