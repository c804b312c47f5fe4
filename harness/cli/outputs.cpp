#include "cli/outputs.h"

#include "reports/junit.h"
#include "reports/report_file.h"

#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>

namespace murphy::cli {

Errors write_reports(const record::Run& run, const ReportOptions& options) {
  Errors errors;
  const auto write = [&](const std::string& path, reports::JUnitMode mode) {
    if (path.empty()) return;
    const Result<void> written = reports::write_report(path, reports::junit(run, mode));
    if (!written) errors.push_back(written.error());
  };
  write(options.junit, reports::JUnitMode::full);
  write(options.junit_strict, reports::JUnitMode::strict);
  return errors;
}

Errors check_writable(const ReportOptions& options) {
  Errors errors;
  for (const std::string& name : {options.junit, options.junit_strict}) {
    if (name.empty()) continue;
    std::error_code ignored;
    const std::filesystem::path path = std::filesystem::absolute(name, ignored);
    // Missing folders are made when the report is written: what counts is the nearest one that exists.
    std::filesystem::path folder = path.parent_path();
    while (!std::filesystem::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
    const bool is_folder = std::filesystem::is_directory(path, ignored);
    const bool writable = std::filesystem::is_directory(folder, ignored) && access(folder.c_str(), W_OK) == 0;
    if (writable && !is_folder) continue;
    Error error;
    error.kind = ErrorKind::internal;
    error.what = is_folder ? fmt::format("cannot write the report {}: it is a folder", name)
                           : fmt::format("cannot write the report {}: {} is not a folder that can be written to", name,
                                         folder.string());
    error.hint = "name a file in a folder you may write to; nothing was run";
    errors.push_back(std::move(error));
  }
  return errors;
}

} // namespace murphy::cli
