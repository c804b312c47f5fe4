#include "reports/registry.h"

#include "reports/junit.h"

#include <algorithm>
#include <array>

// A new kind of report takes two files: one with its writer, and this one, with its row. A writer that nothing else
// calls needs no header: its declaration goes here.
namespace murphy::reports {
namespace {

constexpr std::array kinds{
    ReportKind{.name = "junit",
               .option = "--junit",
               .what = "JUnit XML for CI systems",
               .write = [](const record::Run& run) { return junit(run, JUnitMode::full); }},
    ReportKind{.name = "junit-strict",
               .option = "--junit-strict",
               .what = "JUnit XML for tools that validate it against a schema",
               .write = [](const record::Run& run) { return junit(run, JUnitMode::strict); }},
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
