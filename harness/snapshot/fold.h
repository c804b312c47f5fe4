// From a healthy run to the known-good record. Pure.
#pragma once

#include "record/known_good.h"
#include "record/run.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::snapshot {

// What a healthy run left to be read beside its events.
struct Healthy {
  record::Run run;                  // with its pages kept
  std::vector<std::string> console; // all that the app wrote
  std::optional<record::Schema> schema;
  std::vector<std::string> personal; // what accounts are called: words with these in them are left out
  std::vector<record::KnownMigrations> migrations = {};
};

// Whose steps are taken.
enum class Cases { that_passed, that_did_not_pass };

record::KnownGood known_good_of(const Healthy& healthy, Cases cases = Cases::that_passed);

// What two records of the same app have in common: what only one of them has, changes from run to run.
record::KnownGood common(record::KnownGood one, const record::KnownGood& other);

} // namespace murphy::snapshot
