// Service messages of TeamCity (https://www.jetbrains.com/help/teamcity/service-messages.html).
#include "base/text.h"
#include "reports/junit_case.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"

#include <fmt/format.h>

namespace murphy::reports {

namespace {

// `|` escapes; what is no ASCII is given in UTF-16 units.
std::string escaped_value(std::string_view text) {
  std::string result;
  const std::string plain = plain_text(text);
  for (std::string_view rest = plain; !rest.empty();) {
    const char32_t c = next_code_point(rest);
    switch (c) {
    case U'\n': result += "|n"; break;
    case U'\r': result += "|r"; break;
    case U'|':
    case U'\'':
    case U'[':
    case U']':
      result += '|';
      result += static_cast<char>(c);
      break;
    default:
      if (c < 0x80)
        result += static_cast<char>(c);
      else if (c < 0x10000)
        result += fmt::format("|0x{:04X}", static_cast<std::uint32_t>(c));
      else
        result += fmt::format("|0x{:04X}|0x{:04X}", 0xD800 + ((static_cast<std::uint32_t>(c) - 0x10000) >> 10),
                              0xDC00 + ((static_cast<std::uint32_t>(c) - 0x10000) & 0x3FF));
    }
  }
  return result;
}

// All messages of a run are of one flow, whatever else a build prints at the time.
std::string message(std::string_view name, const std::vector<std::pair<std::string_view, std::string>>& values) {
  std::string text = fmt::format("##teamcity[{}", name);
  for (const auto& [key, value] : values) text += fmt::format(" {}='{}'", key, escaped_value(value));
  return text + " flowId='murphy']\n";
}

} // namespace

std::string teamcity(const record::Run& run) {
  std::string text;
  JUnitRun report(run);
  UniqueNames suites;
  for (const record::FeatureResult& feature : run.features) {
    const std::string suite = suites.make("", plain_line(feature.name));
    text += message("testSuiteStarted", {{"name", suite}});
    for (const record::CaseResult& result : feature.cases) {
      const JUnitCase judged = junit_case(report, result);
      if (judged.verdict == JUnitVerdict::skipped) {
        text += message("testIgnored", {{"name", judged.name}, {"message", judged.message}});
        continue;
      }
      text += message("testStarted", {{"name", judged.name}});
      for (const SkippedStep& skipped : skipped_steps(result))
        text += message("testStdOut", {{"name", judged.name}, {"out", skipped.text + "\n"}});
      if (judged.verdict != JUnitVerdict::passed)
        text += message("testFailed", {{"name", judged.name}, {"message", judged.message}, {"details", judged.text}});
      const auto milliseconds = std::chrono::duration_cast<std::chrono::milliseconds>(result.duration).count();
      text += message("testFinished", {{"name", judged.name}, {"duration", std::to_string(milliseconds)}});
    }
    text += message("testSuiteFinished", {{"name", suite}});
  }
  // A run that ended early fails the build, whatever its tests say.
  if (run.lost || !run.finished || run.finished->interrupted)
    text += message("buildProblem", {{"description", verdict_text(run, report.causes)}, {"identity", "murphy"}});
  return text + message("message", {{"text", "Murphy: " + verdict_text(run, report.causes)}});
}

} // namespace murphy::reports
