// Markdown for a comment on a pull request and for the summary of a job, as GitHub and GitLab read it.
#include "base/text.h"
#include "reports/background.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"
#include "reports/step_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

// A comment has at most 65 536 characters; a byte is at least as much.
constexpr std::size_t longest = 60'000;
constexpr std::size_t longest_ending = 2'000; // kept free for the last lines
constexpr std::size_t most_members = 50;
constexpr std::size_t most_differences = 12;
constexpr std::size_t most_commits = 10;

std::size_t longest_run(std::string_view text, char of) {
  std::size_t most = 0, now = 0;
  for (const char c : text) {
    now = c == of ? now + 1 : 0;
    most = std::max(most, now);
  }
  return most;
}

// Text that is not Murphy's own stands in code, in which nothing is a link, a mention, an image or HTML. The fence is
// longer than any in the text.
std::string code(std::string_view text) {
  const std::string line = plain_line(text);
  if (line.empty()) return "`(none)`";
  const std::string fence(longest_run(line, '`') + 1, '`');
  // CommonMark strips one space at both ends.
  return fence + " " + line + " " + fence;
}

std::string block(const std::vector<std::string>& lines) {
  std::string text = join(lines, "\n");
  const std::string fence(std::max<std::size_t>(longest_run(text, '`') + 1, 3), '`');
  return fence + "text\n" + text + "\n" + fence + "\n";
}

// The heading is made of numbers and of Murphy's words alone.
std::string heading(const record::Run& run, const std::vector<Cause>& causes) {
  const RunVerdict verdict = verdict_of(run, causes);
  if (!run.lost) return fmt::format("## {} {}\n\n", mark_of(verdict), verdict_text(run, causes));
  return fmt::format("## {} {}\n\n", mark_of(verdict),
                     verdict == RunVerdict::failed ? "The app does not come up" : "Not judged: the app was not there");
}

std::string member(const CauseMember& each) {
  return fmt::format("- {} {}\n", code(each.result->plan->name), code(line_text(each.place)));
}

std::string section(const Cause& cause, std::size_t number, const Background& background) {
  std::vector<std::string> lines{cause.words};
  for (std::string& line : lines_of(cause)) lines.push_back(std::move(line));
  std::string text = fmt::format(
      "### {}. {}{}\n\n", number, counted(cause.members.size(), "scenario"),
      cause.suspect == nullptr ? "" : fmt::format(", {} confidence", record::name_of(cause.suspect->confidence)));
  if (const std::string age = age_text(background, cause); !age.empty()) text += code(age) + "\n\n";
  text += block(lines);
  if (cause.members.empty()) return text + "\n";
  text += "\n" + member(cause.members[cause.proof]);
  if (cause.members.size() == 1) return text + "\n";
  text += fmt::format("\n<details><summary>{} more with the same cause</summary>\n\n", cause.members.size() - 1);
  std::size_t listed = 0;
  for (std::size_t i = 0; i < cause.members.size() && listed < most_members; ++i) {
    if (i == cause.proof) continue;
    text += member(cause.members[i]);
    ++listed;
  }
  if (cause.members.size() - 1 > listed) text += fmt::format("- and {} more\n", cause.members.size() - 1 - listed);
  return text + "\n</details>\n\n";
}

std::string listed(const record::Run& run, std::string_view title, bool (*is_in)(const record::CaseResult&)) {
  std::string text;
  std::size_t number = 0;
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      if (!is_in(result) || ++number > most_members) continue;
      const std::string why = outcome_text(run, result);
      text += "- " + code(result.plan->name) + (why.empty() ? "" : " " + code(why)) + "\n";
    }
  }
  if (number == 0) return {};
  if (number > most_members) text += fmt::format("- and {} more\n", number - most_members);
  return fmt::format("### {}\n\n{}\n", title, text);
}

std::string skipped(const record::Run& run) {
  const std::vector<SkippedStep> all = skipped_steps(run);
  if (all.empty()) return {};
  std::string text = fmt::format("<details><summary>{}</summary>\n\n", counted(all.size(), "skipped step"));
  for (std::size_t i = 0; i < std::min(all.size(), most_members); ++i)
    text += fmt::format("- {} {}\n", code(all[i].result->plan->name), code(all[i].text));
  if (all.size() > most_members) text += fmt::format("- and {} more\n", all.size() - most_members);
  return text + "\n</details>\n\n";
}

std::string ending(const record::Run& run) {
  std::string text = sum_text(run) + "\n";
  if (const std::string subject = subject_text(run); !subject.empty()) text += "\n" + code(subject) + "\n";
  if (!run.started.origin.build_url.empty()) text += "\n" + code(run.started.origin.build_url) + "\n";
  return text;
}

std::string heading(const GateVerdict& verdict) {
  std::string text = fmt::format("## {} {}\n\n", mark_of(verdict.verdict), verdict.heading);
  if (!verdict.lines.empty()) text += block(verdict.lines) + "\n";
  for (const GateVerdict::List& list : verdict.lists) {
    text += fmt::format("<details><summary>{}</summary>\n\n", list.title);
    for (std::size_t i = 0; i < std::min(list.items.size(), most_members); ++i)
      text += "- " + code(list.items[i]) + "\n";
    if (list.items.size() > most_members) text += fmt::format("- and {} more\n", list.items.size() - most_members);
    text += "\n</details>\n\n";
  }
  return text;
}

std::string since_last_green(const Background& background) {
  const std::string green = last_green_text(background);
  if (green.empty()) return {};
  std::vector<std::string> lines{green};
  for (std::string& line : differences_of_app(background, most_differences)) lines.push_back(std::move(line));
  const std::vector<std::string> commits = commits_since(background, most_commits);
  if (!commits.empty()) lines.emplace_back("commits since:");
  for (const std::string& commit : commits) lines.push_back("  " + commit);
  return "### Since the last green run\n\n" + block(lines) + "\n";
}

// The report behind its heading.
std::string below(std::string text, const record::Run& run, const std::vector<Cause>& causes,
                  const Background& background) {
  const auto has_room = [&](const std::string& more) { return text.size() + more.size() + longest_ending < longest; };
  for (std::size_t i = 0; i < causes.size(); ++i) {
    std::string more = section(causes[i], i + 1, background);
    if (!has_room(more)) {
      text += fmt::format("And {}, which do not fit here.\n\n", counted(causes.size() - i, "more cause"));
      break;
    }
    text += more;
  }
  if (run.control && !run.control->holds)
    text += "**The dashboard opens without a session.** No scenario that saw it open proves anything.\n\n";
  for (const std::string& more : {since_last_green(background),
                                  listed(run, "Flaky", [](const record::CaseResult& result) { return result.flaky(); }),
                                  listed(run, "Known failures", is_known_failure), skipped(run)})
    if (has_room(more)) text += more;
  return text + ending(run);
}

// Lets a job find its own comment again.
constexpr std::string_view first_line = "<!-- murphy:gate -->\n";

} // namespace

std::string_view mark_of(RunVerdict verdict) {
  switch (verdict) {
  case RunVerdict::passed: return "✓";
  case RunVerdict::failed: return "✗";
  default: return "!";
  }
}

std::string markdown_with(const record::Run& run, const Background& background) {
  const std::vector<Cause> causes = causes_of(run);
  return below(std::string(first_line) + (background.verdict ? heading(*background.verdict) : heading(run, causes)),
               run, causes, background);
}

std::string markdown(const record::Run& run) { return markdown_with(run, {}); }

} // namespace murphy::reports
