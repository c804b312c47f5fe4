// Where a run comes from, so that others can be held against it.
#pragma once

#include <string>

namespace murphy::record {

// The code under test and the job that runs it. What is not known is empty.
struct RunOrigin {
  std::string commit;    // that is checked out, whole
  std::string branch;    // of a pull request its own
  bool is_dirty = false; // files differ from the commit, or are in none
  std::string base;      // what a merge would go into: a commit, or the name of a branch
  std::string folder;    // the working directory below the top of the checkout: "" or "web/"
  std::string pull_request;
  std::string build;     // the run of the CI system and its attempt
  std::string build_url; // where people read about it
  std::string target_version;
  bool operator==(const RunOrigin&) const = default;
};

// The part of a plan that this run has. Runs with the same plan hash are parts of one.
struct Shard {
  int index = 0; // from 1
  int total = 0;
  std::string plan; // a hash of the whole plan
  int cases = 0;    // of the whole plan
  bool operator==(const Shard&) const = default;
};

} // namespace murphy::record
