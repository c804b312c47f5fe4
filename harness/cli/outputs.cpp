#include "cli/outputs.h"

#include "base/make_error.h"
#include "base/nearest.h"
#include "base/text.h"
#include "cli/ci_system.h"
#include "cli/terminal.h"
#include "reports/report_file.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <optional>
#include <unistd.h>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> names_of_kinds() {
  std::vector<std::string> names;
  for (const reports::ReportKind& kind : reports::report_kinds()) names.emplace_back(kind.name);
  return names;
}

// What the system reads. A file that it names nowhere is left out.
std::vector<ReportRequest> reports_of(const CiSystem& system, const reports::Variable& variable) {
  std::vector<ReportRequest> requests;
  for (const std::string_view each : split(system.report_kinds, ' ')) {
    const std::size_t equals = each.find('=');
    const std::string file = filled_in(each.substr(equals + 1), variable);
    if (file.empty()) continue;
    // Other steps of the job write to the summary that the system names itself.
    const bool is_shared = each.starts_with("markdown=${") && each.ends_with('}');
    const bool is_summary = !system.summary.empty() && each.starts_with("markdown=");
    requests.push_back({.kind = reports::report_kind(each.substr(0, equals)),
                        .file = file,
                        .placing = is_shared ? Placing::append : Placing::replace,
                        .announcement = is_summary ? std::string(system.summary) + file + "\n" : std::string()});
  }
  return requests;
}

Result<ReportRequest> read_report_option(const std::string& option) {
  const auto equals = option.find('=');
  if (equals == std::string::npos)
    return std::unexpected(
        usage_error("--report does not name a kind of report",
                    "write --report KIND=FILE, or --report auto in CI; kinds: " + join(names_of_kinds(), ", ")));
  const std::string name = option.substr(0, equals);
  const reports::ReportKind* kind = reports::report_kind(name);
  if (kind == nullptr) {
    const std::string meant = did_you_mean(name, names_of_kinds());
    return std::unexpected(usage_error(fmt::format("there is no report of kind \"{}\"", name),
                                       meant.empty() ? "kinds: " + join(names_of_kinds(), ", ") : meant));
  }
  if (equals + 1 == option.size())
    return std::unexpected(
        usage_error(fmt::format("the {} report has no file", name),
                    fmt::format("write --report {}=FILE, or --report {}=- for standard output", name, name)));
  return ReportRequest{.kind = kind, .file = option.substr(equals + 1)};
}

struct Output {
  std::string what; // "the junit report", "the journal"
  std::string file;
  fs::path path; // absolute, links followed as far as they lead to something
};

fs::path resolved(const std::string& file) {
  const fs::path path = file == standard_output ? "/dev/stdout" : fs::path(file);
  std::error_code error;
  fs::path absolute = fs::absolute(path, error);
  if (error) return path;
  fs::path canonical = fs::weakly_canonical(absolute, error);
  return error ? absolute : canonical;
}

std::vector<Output> list(const Outputs& outputs) {
  std::vector<Output> all;
  for (const ReportRequest& report : outputs.reports)
    all.push_back(
        {.what = fmt::format("the {} report", report.kind->name), .file = report.file, .path = resolved(report.file)});
  if (!outputs.journal.empty())
    all.push_back({.what = "the journal", .file = outputs.journal, .path = resolved(outputs.journal)});
  return all;
}

// Under whatever names, also those of a device.
bool is_same(const fs::path& left, const fs::path& right) {
  std::error_code ignored;
  return left == right || fs::equivalent(left, right, ignored);
}

bool is_below(const fs::path& path, const fs::path& folder) {
  const auto [rest, end] = std::ranges::mismatch(folder, path);
  return rest == folder.end() && end != path.end();
}

std::string shown(const std::string& file) { return file == standard_output ? "standard output" : file; }

std::optional<Error> conflict(const Output& one, const Output& other) {
  if (is_same(one.path, other.path))
    return usage_error(fmt::format("{} and {} both go to {}", one.what, other.what, shown(other.file)),
                       "name another file for one of them");
  if (is_below(other.path, one.path) || is_below(one.path, other.path))
    return usage_error(fmt::format("{} is a file and a folder: {} and {} cannot both be written",
                                   is_below(other.path, one.path) ? one.file : other.file, one.what, other.what),
                       "name another file for one of them");
  return std::nullopt;
}

std::optional<Error> replaced_input(const Output& output, const std::vector<std::string>& inputs) {
  const bool is_input =
      std::ranges::any_of(inputs, [&](const std::string& input) { return is_same(resolved(input), output.path); });
  if (!is_input) return std::nullopt;
  return usage_error(fmt::format("{} would replace {}, which this command reads", output.what, shown(output.file)),
                     "name another file");
}

std::optional<Error> unwritable(const ReportRequest& report) {
  if (report.file == standard_output) return std::nullopt;
  std::error_code ignored;
  const fs::path path = fs::absolute(report.file, ignored);
  // Missing folders are made when the report is written: what counts is the nearest one that exists.
  fs::path folder = path.parent_path();
  while (!fs::exists(folder, ignored) && folder.has_relative_path()) folder = folder.parent_path();
  if (fs::is_directory(path, ignored))
    return internal_error(fmt::format("cannot write the report {}: it is a folder", report.file), "name a file in it");
  if (!fs::is_directory(folder, ignored) || access(folder.c_str(), W_OK) != 0)
    return internal_error(fmt::format("cannot write the report {}: {} is not a folder that this user may write to",
                                      report.file, folder.string()),
                          "name a file in another folder");
  return std::nullopt;
}

Result<void> write(const ReportRequest& report, std::string_view text) {
  if (report.file != standard_output) {
    auto written = report.placing == Placing::append ? reports::append_report(report.file, text)
                                                     : reports::write_report(report.file, text);
    if (written && !report.announcement.empty()) write_commands_out(report.announcement);
    if (!written || report.kind->files_beside == nullptr) return written;
    for (const reports::FileBeside& beside : report.kind->files_beside())
      if (auto also = reports::write_report(fs::path(report.file).replace_filename(beside.name), beside.text); !also)
        return also;
    return {};
  }
  if (report.kind->has_commands ? write_commands_out(text) : write_out(text)) return {};
  return std::unexpected(internal_error(fmt::format("cannot write the {} report to standard output", report.kind->name),
                                        "keep the reader of the pipe open, or name a file"));
}

} // namespace

std::expected<std::vector<ReportRequest>, Errors> read_report_options(const std::vector<std::string>& options,
                                                                      const reports::Variable& variable) {
  std::vector<ReportRequest> requests;
  Errors errors;
  for (const std::string& option : options) {
    if (option == "auto") {
      auto system = ci_system(variable);
      if (!system) {
        errors.push_back(std::move(system.error()));
      } else if (system->name.empty()) {
        write_error("--report auto: no CI system shows in the environment, so there is no report\n");
      } else {
        std::ranges::move(reports_of(*system, variable), std::back_inserter(requests));
      }
      continue;
    }
    auto request = read_report_option(option);
    if (request)
      requests.push_back(std::move(*request));
    else
      errors.push_back(std::move(request.error()));
  }
  if (!errors.empty()) return std::unexpected(std::move(errors));
  return requests;
}

bool uses_standard_output(const Outputs& outputs) {
  return std::ranges::find(outputs.reports, standard_output, &ReportRequest::file) != outputs.reports.end();
}

Errors check_outputs(const Outputs& outputs, const std::vector<std::string>& inputs) {
  Errors errors;
  const auto note = [&errors](std::optional<Error> error) {
    if (error) errors.push_back(std::move(*error));
  };
  const std::vector<Output> all = list(outputs);
  for (std::size_t at = 0; at < all.size(); ++at) {
    note(replaced_input(all[at], inputs));
    for (std::size_t earlier = 0; earlier < at; ++earlier) note(conflict(all[earlier], all[at]));
  }
  for (const ReportRequest& report : outputs.reports) note(unwritable(report));
  return errors;
}

void remove_old(const Outputs& outputs) {
  for (const Output& each : list(outputs)) {
    std::error_code ignored;
    if (!fs::is_regular_file(each.path, ignored)) continue;
    std::ifstream file(each.path, std::ios::binary);
    std::string beginning(9, '\0');
    file.read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
    // Whatever else has that name is nobody's old report.
    if (beginning.starts_with("<?xml ") || beginning == "{\"murphy\"") fs::remove(each.path, ignored);
  }
}

Errors write_reports(const record::Run& run, const std::vector<ReportRequest>& requests,
                     const reports::Background& background) {
  Errors errors;
  for (const ReportRequest& request : requests) {
    const reports::ReportKind& kind = *request.kind;
    const std::string text = kind.write_with != nullptr ? kind.write_with(run, background) : kind.write(run);
    if (auto written = write(request, text); !written) errors.push_back(std::move(written.error()));
  }
  return errors;
}

} // namespace murphy::cli
