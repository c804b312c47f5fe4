#include "reports/registry.h"

#include "reports/junit.h"

#include <algorithm>
#include <array>

// A new kind of report takes two files: one with its writer, and this one, with its row. A writer that nothing else
// calls needs no header: its declaration goes here.
namespace murphy::reports {

std::string azure(const record::Run& run);
std::string ctrf(const record::Run& run);
std::string github(const record::Run& run);
std::string github_with(const record::Run& run, const Background& background);
std::string gitlab(const record::Run& run);
std::string har(const record::Run& run);
std::string html(const record::Run& run);
std::string html_with(const record::Run& run, const Background& background);
std::vector<FileBeside> html_files_beside();
std::string markdown(const record::Run& run);
std::string markdown_with(const record::Run& run, const Background& background);
std::string prometheus(const record::Run& run);
std::string tap(const record::Run& run);
std::string teamcity(const record::Run& run);

namespace {

constexpr std::array kinds{
    ReportKind{.name = "html",
               .option = "",
               .what = "A page for people",
               .write = html,
               .files_beside = html_files_beside,
               .write_with = html_with,
               .passed_steps = record::PassedSteps::evidence},
    ReportKind{.name = "json",
               .option = "",
               .what = "CTRF, for programs",
               .write = ctrf,
               .passed_steps = record::PassedSteps::outcomes},
    ReportKind{.name = "junit",
               .option = "--junit",
               .what = "JUnit XML for CI systems",
               .write = [](const record::Run& run) { return junit(run, JUnitMode::full); }},
    ReportKind{.name = "junit-strict",
               .option = "--junit-strict",
               .what = "JUnit XML for tools that validate it against a schema",
               .write = [](const record::Run& run) { return junit(run, JUnitMode::strict); }},
    ReportKind{.name = "har",
               .option = "--har",
               .what = "HAR, for the tools of browsers",
               .write = har,
               .passed_steps = record::PassedSteps::evidence,
               .shows_all_evidence = true},
    ReportKind{.name = "markdown",
               .option = "",
               .what = "A comment for a pull request",
               .write = markdown,
               .write_with = markdown_with},
    ReportKind{.name = "github",
               .option = "",
               .what = "Annotations of GitHub Actions",
               .write = github,
               .write_with = github_with,
               .has_commands = true},
    ReportKind{.name = "gitlab", .option = "", .what = "Code quality of GitLab", .write = gitlab},
    ReportKind{
        .name = "azure", .option = "", .what = "Issues of Azure Pipelines", .write = azure, .has_commands = true},
    ReportKind{.name = "teamcity",
               .option = "",
               .what = "Service messages of TeamCity",
               .write = teamcity,
               .has_commands = true},
    ReportKind{.name = "tap", .option = "", .what = "TAP version 14", .write = tap},
    ReportKind{.name = "prometheus",
               .option = "--prometheus",
               .what = "Figures for node_exporter of Prometheus",
               .write = prometheus},
};

constexpr bool is_complete(const ReportKind& kind) {
  return !kind.name.empty() && !kind.name.contains('=') && (kind.option.empty() || kind.option.starts_with("--")) &&
         !kind.what.empty();
}

static_assert(std::ranges::all_of(kinds, is_complete), "a row without a name or a line for the help");

} // namespace

std::span<const ReportKind> report_kinds() { return kinds; }

const ReportKind* report_kind(std::string_view name) {
  const auto found = std::ranges::find(kinds, name, &ReportKind::name);
  return found == kinds.end() ? nullptr : &*found;
}

} // namespace murphy::reports
