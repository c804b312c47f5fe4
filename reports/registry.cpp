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

// The undefined behaviour sanitizer leaves no comparison of a function's address constant (GCC bug 71962): builds with
// it leave the question to all others.
constexpr bool has_writer([[maybe_unused]] const ReportKind& kind) {
#ifdef __SANITIZE_ADDRESS__
  return true;
#else
  return kind.write != nullptr;
#endif
}

constexpr bool is_complete(const ReportKind& kind) {
  return !kind.name.empty() && !kind.name.contains('=') && (kind.option.empty() || kind.option.starts_with("--")) &&
         !kind.what.empty() && has_writer(kind);
}

static_assert(std::ranges::all_of(kinds, is_complete), "a row without a name, a line for the help, or a writer");

} // namespace

std::span<const ReportKind> report_kinds() { return kinds; }

const ReportKind* report_kind(std::string_view name) {
  const auto found = std::ranges::find(kinds, name, &ReportKind::name);
  return found == kinds.end() ? nullptr : &*found;
}

} // namespace murphy::reports
