// Issues of Azure Pipelines: logging commands on standard output
// (https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands).
#include "base/log_commands.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"

#include <fmt/format.h>

namespace murphy::reports {

namespace {

constexpr std::size_t most_issues = 10; // that the summary of a build shows well

// As the agent undoes it: `%AZP25` is a percent sign, the others are percent-encoded. The message needs `;` and `]`
// escaped as much as the properties: a second command may stand anywhere in a line.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
    case '%': result += "%AZP25"; break;
    case '\r': result += "%0D"; break;
    case '\n': result += "%0A"; break;
    case ';': result += "%3B"; break;
    case ']': result += "%5D"; break;
    default: result += c;
    }
  }
  return result;
}

// The agent looks for a command anywhere in a line, so that none may stand in a message.
std::string message(std::string_view text) { return escaped(without_commands(text)); }

std::string issue(std::string_view type, const Place& place, const std::string& text) {
  std::string line = fmt::format("##vso[task.logissue type={};", type);
  if (!place.file.empty()) line += fmt::format("sourcepath={};", message(plain_line(place.file)));
  if (!place.file.empty() && place.line > 0)
    line += fmt::format("linenumber={};columnnumber={};", place.line, place.column);
  return line + "]" + message(text) + "\n";
}

} // namespace

std::string azure(const record::Run& run) {
  const std::vector<Cause> causes = causes_of(run);
  std::string text;
  for (std::size_t i = 0; i < causes.size(); ++i) {
    if (i + 1 == most_issues && causes.size() > most_issues) {
      text += issue("error", {}, "and " + counted(causes.size() - i, "more cause"));
      break;
    }
    Place place{.file = run.started.project};
    std::string words = causes[i].words;
    if (!causes[i].members.empty()) {
      const CauseMember& proof = causes[i].members[causes[i].proof];
      place = proof.place;
      words +=
          fmt::format(" ({}: {})", counted(causes[i].members.size(), "scenario"), plain_line(proof.result->plan->name));
    }
    for (const std::string& line : lines_of(causes[i])) words += "\n" + line;
    place.file = file_in_checkout(run, place.file);
    text += issue("error", place, words);
  }
  for (const record::FeatureResult& feature : run.features)
    for (const record::CaseResult& result : feature.cases)
      if (result.flaky())
        text +=
            issue("warning", {.file = file_in_checkout(run, result.plan->place.file), .line = result.plan->place.line},
                  plain_line(result.plan->name) + " passed on retry");
  for (const std::string& line : skipped_lines(run, most_issues)) text += message("Murphy: " + line) + "\n";
  return text + message(fmt::format("Murphy: {}", verdict_text(run, causes))) + "\n";
}

} // namespace murphy::reports
