// JUnit XML of a run, as Jenkins, GitLab, GitHub, Azure and CircleCI read it (docs/reports.md).
#pragma once

#include "record/run.h"

#include <string>

namespace murphy::reports {

// full: with file, line and properties of each test case. strict: without what the schemas of readers that validate
// refuse; docs/reports.md lists them.
enum class JUnitMode { full, strict };

// The report as an XML document in UTF-8, ending with a newline; every text node stays under 64 KB. Pure: the same run
// gives the same bytes.
std::string junit(const record::Run& run, JUnitMode mode);

} // namespace murphy::reports
