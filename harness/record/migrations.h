// What the migrations of the app's database say once something has failed: names alone, of files and rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace murphy::record {

// Each list holds some dozens at most, the newest.
struct MigrationsSeen {
  std::string tool;                 // that notes them
  std::string broken;               // half a sentence, where it has noted that one failed or has not ended; else empty
  std::vector<std::string> waiting; // files that have not run
  std::vector<std::string> came;    // have run since the known-good record
  std::vector<std::string> gone;    // had run by then, and are not noted now
  std::vector<std::string> unknown; // have run here, and have no file: the app is older than its tables
  std::int64_t left_out = 0;        // how many more wait
  bool operator==(const MigrationsSeen&) const = default;
};

// The migrations whose files write a name.
struct NamedIn {
  std::string name;
  std::vector<std::string> migrations;
  bool operator==(const NamedIn&) const = default;
};

} // namespace murphy::record
