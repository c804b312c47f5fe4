// Annotations of GitHub Actions: workflow commands on standard output
// (https://docs.github.com/actions/reference/workflow-commands-for-github-actions).
#include "reports/background.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"

#include "base/log_commands.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

// A step shows ten annotations of each kind and drops the others without a word.
constexpr std::size_t most_of_a_kind = 10;
constexpr std::size_t most_named = 5; // scenarios of a cause, skipped steps
constexpr std::size_t longest_title = 120;

// The percent sign first: it escapes the others.
std::string escaped(std::string_view text, bool (*must_escape)(char)) {
  std::string result;
  for (const char c : text) {
    if (must_escape(c))
      result += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    else
      result += c;
  }
  return result;
}

std::string command_text(std::string_view text) {
  return escaped(without_commands(text), [](char c) { return c == '%' || c == '\r' || c == '\n'; });
}

std::string property(std::string_view text) {
  return escaped(without_commands(text),
                 [](char c) { return c == '%' || c == '\r' || c == '\n' || c == ':' || c == ','; });
}

struct Annotation {
  std::string_view command; // "error", "warning", "notice"
  std::string title;
  std::string text;
  Place place{};
};

std::string line_of(const Annotation& annotation, const record::Run& run) {
  std::string text = fmt::format("::{} ", annotation.command);
  if (!annotation.place.file.empty()) {
    text += "file=" + property(file_in_checkout(run, annotation.place.file)) + ",";
    if (annotation.place.line > 0) text += fmt::format("line={},", annotation.place.line);
    if (annotation.place.line > 0 && annotation.place.column > 0)
      text += fmt::format("col={},", annotation.place.column);
  }
  return text + "title=" + property(annotation.title) + "::" + command_text(annotation.text) + "\n";
}

std::string text_of(const record::Run& run, const Cause& cause, const Background& background) {
  std::string text = cause.words;
  if (const std::string age = age_text(background, cause); !age.empty()) text += "\n" + age;
  for (const std::string& line : lines_of(cause)) text += "\n" + line;
  if (!cause.members.empty()) {
    const CauseMember& proof = cause.members[cause.proof];
    const std::string outcome = outcome_text(run, *proof.result);
    text += fmt::format("\n{}: {}", counted(cause.members.size(), "scenario"), plain_line(proof.result->plan->name));
    if (!outcome.empty() && cause.suspect != nullptr) text += " (" + outcome + ")";
    std::size_t named = 1;
    for (std::size_t i = 0; i < cause.members.size() && named < most_named; ++i) {
      if (i == cause.proof) continue;
      text += "\n" + plain_line(cause.members[i].result->plan->name);
      ++named;
    }
    if (cause.members.size() > named) text += fmt::format("\nand {} more", cause.members.size() - named);
  }
  return text;
}

Place place_of(const record::Run& run, const Cause& cause) {
  if (!cause.members.empty()) return cause.members[cause.proof].place;
  return cause.lost == nullptr || cause.lost->error.place.file.empty() ? Place{.file = run.started.project}
                                                                       : cause.lost->error.place;
}

} // namespace

std::string github_with(const record::Run& run, const Background& background) {
  std::vector<Cause> causes = causes_of(run);
  // Ten are shown.
  std::ranges::stable_partition(causes, [&](const Cause& cause) { return age_text(background, cause) == "new"; });
  std::string text;
  std::size_t errors = 0;
  for (std::size_t i = 0; i < causes.size(); ++i) {
    const bool is_last = errors + 1 == most_of_a_kind && causes.size() > most_of_a_kind;
    if (is_last) {
      text += line_of(
          {.command = "error", .title = "Murphy", .text = "and " + counted(causes.size() - i, "more cause")}, run);
      break;
    }
    ++errors;
    text += line_of({.command = "error",
                     .title = ellipsize("Murphy: " + causes[i].words, longest_title),
                     .text = text_of(run, causes[i], background),
                     .place = place_of(run, causes[i])},
                    run);
  }
  std::size_t flaky = 0;
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases)
      if (result.flaky() && ++flaky <= most_of_a_kind)
        text += line_of({.command = "warning",
                         .title = "Murphy: flaky",
                         .text = plain_line(result.plan->name) + " passed only on retry",
                         .place = result.plan->place},
                        run);
  std::string sum = (background.verdict ? background.verdict->heading : verdict_text(run, causes)) + "\n" +
                    sum_text(run) + "\n" + subject_text(run);
  for (const std::string& line : skipped_lines(run, most_named)) sum += "\n" + line;
  return text + line_of({.command = "notice", .title = "Murphy", .text = sum}, run);
}

std::string github(const record::Run& run) { return github_with(run, {}); }

} // namespace murphy::reports
