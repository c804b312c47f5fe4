// How a case that is run again compares with the run that a journal holds. Pure.
#pragma once

#include "base/error.h"
#include "record/run.h"

#include <cstddef>
#include <string>
#include <vector>

namespace murphy::cli {

// The case of the run that words name: its number in the plan (from 1), its id, its name, or words of one name. Errors:
// usage, with the cases that could be meant.
Result<std::size_t> find_case_by_words(const record::Run& run, const std::string& words);

// The cases that ran before it with one of its accounts, in the order they began in. Of a pool, other members are other
// accounts.
std::vector<std::size_t> cases_with_its_accounts(const record::Run& run, std::size_t number);

// What is in the files of the run now.
struct FilesNow {
  std::function<std::string(const std::string& file)> sha256;                      // empty: it cannot be read
  std::function<std::string(const std::string& file, std::uint32_t line)> line_of; // empty: there is none
};

// Which of the files have changed since: by their digests, and where the journal has none, by the lines that it holds
// of the steps of the case.
std::vector<std::string> changed_files(const record::Run& run, const record::CaseResult& then,
                                       const std::vector<std::string>& files, const FilesNow& now);

// One line: the same cause, another one, or that it passes now, or did not come to an end now or then.
std::string compare_causes(const record::CaseResult& then, const record::CaseResult& now);

// The same of several runs: "failed 3 of 20, always at step 4, of the same cause".
std::string compare_all_causes(const record::CaseResult& then, const std::vector<record::CaseResult>& runs);

} // namespace murphy::cli
