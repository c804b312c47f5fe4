// The report files of a run.
#pragma once

#include "cli/commands.h"
#include "record/run.h"

namespace murphy::cli {

// Writes the report files that were asked for. All are tried; what could not be written is given back.
Errors write_reports(const record::Run& run, const ReportOptions& options);

// Paths of reports that cannot be written are better known before a run than after it. Errors: internal.
Errors check_writable(const ReportOptions& options);

} // namespace murphy::cli
