// The files that a command writes: its reports and its journal.
#pragma once

#include "base/error.h"
#include "record/run.h"
#include "reports/console_style.h"
#include "reports/registry.h"

#include <expected>
#include <string>
#include <vector>

namespace murphy::cli {

// In place of a file: the report goes to standard output, and what else would go there to standard error.
inline constexpr std::string_view standard_output = "-";

// A report takes the place of what the file holds, or goes behind it.
enum class Placing { replace, append };

struct ReportRequest {
  const reports::ReportKind* kind = nullptr;
  std::string file;
  Placing placing = Placing::replace;
  std::string announcement{}; // a line for the CI system once the file is written; empty: none
};

// Reads what --report was given, each KIND=FILE, or "auto": what the CI system reads that the variables show. Says on
// standard error when they show none. Errors: usage, every one in one go.
std::expected<std::vector<ReportRequest>, Errors> read_report_options(const std::vector<std::string>& options,
                                                                      const reports::Variable& variable);

struct Outputs {
  std::vector<ReportRequest> reports;
  std::string journal; // empty: none
};

bool uses_standard_output(const Outputs& outputs);

// Why the reports and the journal cannot go where they are sent, found before any work is done. Errors: usage, where
// two of them share a path or one would replace a file of `inputs`, which the command reads; internal, where a report
// cannot be written. Whether the journal can be written shows when it is opened.
Errors check_outputs(const Outputs& outputs, const std::vector<std::string>& inputs);

// Removes what earlier runs left at these paths: a run that does not come about must not be taken for them.
void remove_old(const Outputs& outputs);

// Writes every report, with what is known around the run where a report has a place for it. One that cannot be written
// keeps no other from it. Errors: internal.
Errors write_reports(const record::Run& run, const std::vector<ReportRequest>& requests,
                     const reports::Background& background = {});

} // namespace murphy::cli
