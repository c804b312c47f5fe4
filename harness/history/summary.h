// What a history keeps of a run. Pure.
#pragma once

#include "record/run.h"

#include <cstdint>
#include <string>
#include <vector>

namespace murphy::history {

struct CaseOutcome {
  std::string id;
  std::string feature;
  std::string name;
  std::string outcome; // "passed", "failed", "error", "skipped", "not_run"
  int attempts = 1;
  std::int64_t duration = 0; // microseconds
  std::string cause;         // id, of one that did not pass; may be empty
  std::string place;         // "scenarios/sign-in.toml:8", of what went wrong, else of the scenario
};

struct NamedCause {
  std::string id;
  std::string words;
};

struct RunSummary {
  std::string id; // the same for the same journal, in every history
  std::string target;
  std::string branch;
  std::string commit;
  bool is_dirty = false;
  std::string build_url;
  std::string target_version;
  std::string murphy_version;
  std::string outcome;       // "passed", "failed", "not judged", "interrupted"
  std::int64_t started = 0;  // microseconds since 1970
  std::int64_t duration = 0; // microseconds
  std::vector<CaseOutcome> cases;
  std::vector<NamedCause> causes;
};

RunSummary summary_of(const record::Run& run);

} // namespace murphy::history
