// The kinds of report that a run can be written as (docs/reports.md).
#pragma once

#include "record/run.h"
#include "reports/background.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::reports {

// The report of a run: text in UTF-8 that ends with a line feed. Pure: the same run gives the same bytes.
using Writer = std::string (*)(const record::Run& run);

// A file that a report is better with: the style of a page, where a server forbids the style inside.
struct FileBeside {
  std::string name; // in the folder of the report
  std::string text;
};

struct ReportKind {
  std::string_view name;   // KIND in --report KIND=FILE
  std::string_view option; // the short form, "--junit" for --junit FILE; empty: there is none
  std::string_view what;   // what it is, on one line of the help
  Writer write;            // never null: to leave it out of a row is a warning, and an error for developers
  std::vector<FileBeside> (*files_beside)() = nullptr; // null: there are none
  // With what is known around the run; null: the report has no place for it.
  std::string (*write_with)(const record::Run& run, const Background& background) = nullptr;
  record::PassedSteps passed_steps = record::PassedSteps::remarks; // what it says of them
  bool shows_all_evidence = false; // of every scenario, and not of those alone that evidence_shown.h chooses
  bool has_commands = false;       // it is made of commands to the CI system that keeps the log (base/log_commands.h)
};

// Every kind, in the order of the help.
std::span<const ReportKind> report_kinds();

// The kind of this name; null when there is none.
const ReportKind* report_kind(std::string_view name);

} // namespace murphy::reports
