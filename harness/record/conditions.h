// What a run was given from outside, for whoever makes it again.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace murphy::record {

// A variable of the command line.
struct GivenVariable {
  std::string name;
  std::string value;
  bool is_hidden = false; // it may hold a secret, and so is not kept
  bool operator==(const GivenVariable&) const = default;
};

// A file that a run read.
struct FileRead {
  std::string file;
  std::string sha256; // in hexadecimal; empty: a secret is written in it, which the digest would help to guess
  bool operator==(const FileRead&) const = default;
};

struct RunConditions {
  int jobs = 0;
  int retries = 0;
  bool retries_failures = false;       // --retry-failures
  bool is_stepped = false;             // a person went through it step by step
  std::optional<std::uint64_t> unique; // makes ${unique}; none: runs were joined, each of which had its own
  std::vector<GivenVariable> variables;
  std::vector<std::string> secrets; // the names of those that the command line gave
  std::vector<std::string> resolve; // HOST:PORT:ADDRESS
  std::vector<FileRead> files;      // the project file, and those of the plan
  bool operator==(const RunConditions&) const = default;
};

} // namespace murphy::record
