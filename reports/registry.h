// The kinds of report that a run can be written as (docs/reports.md).
#pragma once

#include "record/run.h"

#include <span>
#include <string>
#include <string_view>

namespace murphy::reports {

// The report of a run: text in UTF-8 that ends with a line feed. Pure: the same run gives the same bytes.
using Writer = std::string (*)(const record::Run& run);

struct ReportKind {
  std::string_view name;   // KIND in --report KIND=FILE
  std::string_view option; // the short form, "--junit" for --junit FILE; empty: there is none
  std::string_view what;   // what it is, on one line of the help
  Writer write;            // never null: to leave it out of a row is a warning, and an error for developers
};

// Every kind, in the order of the help.
std::span<const ReportKind> report_kinds();

// The kind of this name; null when there is none.
const ReportKind* report_kind(std::string_view name);

} // namespace murphy::reports
