// What a run left behind, read back.
#pragma once

#include "record/run.h"

#include <filesystem>
#include <string>

namespace murphy::end_to_end {

// The run that a journal holds. Fails the test when it cannot be read.
record::Run run_of(const std::filesystem::path& journal);

// The case of that name; an empty one, and a failed test, when there is none.
record::CaseResult case_of(const record::Run& run, const std::string& name);

// The text with every occurrence of `old` replaced.
std::string replaced(std::string text, const std::string& old, const std::string& by);

int count(const std::string& text, const std::string& part);

} // namespace murphy::end_to_end
