#include "gate/verdict.h"

#include "base/text.h"
#include "reports/evidence_text.h"
#include "reports/plain_text.h"
#include "reports/step_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace murphy::gate {
namespace {

using reports::counted;
using reports::plain_line;

constexpr std::size_t most_paths = 2; // that a line names
constexpr std::size_t short_commit = 9;
constexpr std::size_t longest_words = 200; // columns

std::string verb(std::size_t number, std::string_view one, std::string_view more) {
  return std::string(number == 1 ? one : more);
}

std::size_t causes_behind(const GateJudgement& judgement, auto is_meant) {
  std::set<const reports::Cause*> causes;
  for (const JudgedCase& each : judgement.cases)
    if (each.cause != nullptr && is_meant(each)) causes.insert(each.cause);
  return causes.size();
}

bool is_new(const JudgedCase& each) { return each.is == CaseClass::new_failure || each.is == CaseClass::other_cause; }

std::string from_causes(std::size_t causes) { return causes == 0 ? "" : ", from " + counted(causes, "cause"); }

std::string why_not_ready(const GateFacts& facts) {
  const GateJudgement& judgement = facts.judgement;
  const auto news = static_cast<std::size_t>(std::ranges::count_if(judgement.cases, is_new));
  const std::size_t failures = news + judgement.count(CaseClass::still_failing);
  if (news > 0) {
    const std::string number =
        news == failures ? counted(news, "failure") : fmt::format("{} of {} failures", news, failures);
    return fmt::format("{} {} new{}", number, verb(news, "is", "are"), from_causes(causes_behind(judgement, is_new)));
  }
  const auto is_old = [](const JudgedCase& each) {
    return each.is == CaseClass::still_failing && each.keeps_from_merging;
  };
  if (const auto old = static_cast<std::size_t>(std::ranges::count_if(judgement.cases, is_old)); old > 0)
    return fmt::format("{} still {}{}", counted(old, "scenario"), verb(old, "fails", "fail"),
                       from_causes(causes_behind(judgement, is_old)));
  if (facts.run.lost) return fmt::format("the {}", reports::state_of(facts.run.lost->loss));
  const auto is_flaky = [](const JudgedCase& each) { return each.is == CaseClass::flaky && each.keeps_from_merging; };
  if (const auto flaky = static_cast<std::size_t>(std::ranges::count_if(judgement.cases, is_flaky)); flaky > 0)
    return fmt::format("{} {} flaky", counted(flaky, "scenario"), verb(flaky, "is", "are"));
  const std::size_t unproved = judgement.unproved.size();
  return fmt::format("{} {} not proved", counted(unproved, "feature"), verb(unproved, "is", "are"));
}

std::string why_not_judged(const GateFacts& facts) {
  if (facts.run.lost) return fmt::format("the {}", reports::state_of(facts.run.lost->loss));
  if (!facts.run.finished) return "the run did not finish";
  if (const std::size_t missing = facts.judgement.missing.size(); missing > 0)
    return fmt::format("{} {} not in the run", counted(missing, "scenario"), verb(missing, "is", "are"));
  return fmt::format("{} of {} could not be judged", facts.judgement.count(CaseClass::not_judged),
                     counted(facts.judgement.cases.size(), "scenario"));
}

std::string heading(const GateFacts& facts) {
  const GateJudgement& judgement = facts.judgement;
  switch (judgement.decision) {
  case Decision::ready: break;
  case Decision::not_ready: return "Not ready to merge: " + why_not_ready(facts);
  case Decision::not_judged: return "Not judged: " + why_not_judged(facts);
  case Decision::interrupted: return "Not judged: the run was interrupted";
  }
  if (judgement.cases.empty()) return "Ready to merge: the change concerns no scenario";
  const std::size_t passed =
      judgement.count(CaseClass::passed) + judgement.count(CaseClass::fixed) + judgement.count(CaseClass::flaky);
  std::string text = fmt::format("Ready to merge: {} passed", counted(passed, "scenario"));
  if (const std::size_t known = judgement.count(CaseClass::known_failure); known > 0)
    text += ", " + counted(known, "known failure");
  if (const std::size_t old = judgement.count(CaseClass::still_failing); old > 0)
    text += fmt::format(", {} still failing", old);
  return text;
}

// The cause that is said first, and how many there are beside it.
std::string cause_line(const GateFacts& facts) {
  const reports::Cause* first = nullptr;
  std::set<const reports::Cause*> others;
  for (const reports::Cause& cause : facts.causes) {
    const bool is_meant = std::ranges::any_of(facts.judgement.cases, [&](const JudgedCase& each) {
      return each.cause == &cause && (each.keeps_from_merging || facts.judgement.decision == Decision::not_judged);
    });
    const bool is_loss = cause.lost != nullptr && facts.judgement.decision != Decision::ready;
    if (!is_meant && !is_loss) continue;
    if (first == nullptr)
      first = &cause;
    else
      others.insert(&cause);
  }
  if (first == nullptr) return {};
  std::string text = ellipsize(plain_line(first->words), longest_words);
  if (!first->members.empty() && first->lost == nullptr)
    text += "   " + plain_line(reports::line_text(first->members[first->proof].place));
  if (!others.empty()) text += fmt::format(", and {} more", counted(others.size(), "cause"));
  return text;
}

std::string paths_line(const Concerned& concerned) {
  std::vector<std::string> parts;
  std::size_t left = 0;
  for (const ChangedPath& each : concerned.paths) {
    if (each.meaning != ChangedPath::Meaning::features) continue;
    if (parts.size() < most_paths)
      parts.push_back(plain_line(each.path) + " → " + plain_line(join(each.features, ", ")));
    else
      ++left;
  }
  std::string text = join(parts, "; ");
  if (left > 0) text += fmt::format("; and {} more", counted(left, "path"));
  return text.empty() ? "the features of [gate]" : text;
}

std::string selection_line(const GateFacts& facts) {
  const std::size_t ran = facts.judgement.cases.size();
  if (facts.concerned.everything != Everything::no)
    return fmt::format("ran all {}: {}", counted(ran, "scenario"), words_of(facts.concerned, facts.base, facts.depth));
  return fmt::format("ran {} of {}: {}", ran, counted(facts.planned, "scenario"), paths_line(facts.concerned));
}

std::string age_text(record::Instant from, record::Instant until) {
  using namespace std::chrono;
  const auto age = until - from;
  if (age < minutes(1)) return "just now";
  if (age < hours(1)) return fmt::format("{} min ago", duration_cast<minutes>(age).count());
  if (age < days(2)) return fmt::format("{} h ago", duration_cast<hours>(age).count());
  const auto number = duration_cast<days>(age).count();
  return fmt::format("{} days ago{}", number, number > 30 ? ", more than 30" : "");
}

std::string newest_text(const GateFacts& facts) {
  const EarlierRun& newest = *facts.earlier.newest;
  std::string text = facts.base.empty() ? "the baseline" : plain_line(facts.base);
  if (!newest.origin.commit.empty())
    text += " at " + plain_line(newest.origin.commit).substr(0, short_commit) +
            (newest.origin.is_dirty ? " with changes" : "");
  return text + ", " + age_text(newest.at, facts.run.started.at);
}

std::string comparison_line(const GateFacts& facts) {
  const GateJudgement& judgement = facts.judgement;
  const bool has_failures = std::ranges::any_of(judgement.cases, is_new);
  const std::string ending = has_failures ? ": every failure counts as new" : "";
  switch (facts.baseline) {
  case BaselineUse::none: return has_failures ? "no baseline" + ending : "";
  case BaselineUse::no_base: return "the baseline does not count, as no base is known" + ending;
  case BaselineUse::not_in_base:
    return fmt::format("the baseline does not count, as its commit is not in the history of {}{}",
                       plain_line(facts.base), ending);
  case BaselineUse::not_in_history:
    return has_failures ? fmt::format("the history has no run of {}{}",
                                      facts.base.empty() ? "the base" : plain_line(facts.base), ending)
                        : "";
  case BaselineUse::unreadable: return "the history cannot be read" + ending;
  case BaselineUse::counts: break;
  }
  std::vector<std::string> parts;
  const auto add = [&](std::size_t number, std::string_view what) {
    if (number > 0) parts.push_back(fmt::format("{} {}", number, what));
  };
  add(judgement.count(CaseClass::still_failing), "still failing");
  add(judgement.count(CaseClass::other_cause), "failing for another cause");
  add(judgement.count(CaseClass::fixed), "fixed");
  add(judgement.count(CaseClass::flaky), "flaky");
  add(static_cast<std::size_t>(std::ranges::count_if(judgement.cases,
                                                     [](const JudgedCase& each) {
                                                       return is_new(each) && each.earlier != nullptr &&
                                                              each.earlier->went_both_ways;
                                                     })),
      "of the new failures flaky before");
  add(static_cast<std::size_t>(std::ranges::count_if(judgement.cases, &JudgedCase::is_slow)), "slower");
  return fmt::format("compared with {}: {}", newest_text(facts), parts.empty() ? "no other change" : join(parts, ", "));
}

std::string text_of(const UnprovedFeature& feature) {
  const std::string name = plain_line(feature.name);
  switch (feature.why) {
  case UnprovedFeature::Why::no_scenario:
    if (!feature.meant.empty())
      return fmt::format("no feature is called \"{}\": did you mean \"{}\"?", name, plain_line(feature.meant));
    return fmt::format("{} has no scenario: murphy gate --example \"{}\" writes one", name, name);
  case UnprovedFeature::Why::no_assertion:
    return fmt::format("no scenario of {} checks the dashboard, a field error or field rules: murphy gate --example "
                       "\"{}\" writes one",
                       name, name);
  case UnprovedFeature::Why::only_known_failures: return fmt::format("{} rests on known failures alone", name);
  case UnprovedFeature::Why::skipped: return fmt::format("the scenarios that prove {} were skipped", name);
  }
  return {};
}

std::string unproved_line(const GateJudgement& judgement) {
  if (judgement.unproved.empty()) return {};
  std::string text = text_of(judgement.unproved.front());
  if (judgement.unproved.size() > 1)
    text += fmt::format(" (and {} more)", counted(judgement.unproved.size() - 1, "feature"));
  return text;
}

reports::RunVerdict verdict_of(Decision decision) {
  switch (decision) {
  case Decision::ready: return reports::RunVerdict::passed;
  case Decision::not_ready: return reports::RunVerdict::failed;
  case Decision::not_judged: return reports::RunVerdict::not_judged;
  case Decision::interrupted: break;
  }
  return reports::RunVerdict::interrupted;
}

std::string item_of(const JudgedCase& each) {
  std::string text = each.result->plan->feature.str() + ": " + each.result->plan->name.str();
  if (each.earlier != nullptr && each.earlier->went_both_ways)
    text += fmt::format(" (flaky: failed in {} of {})", each.earlier->failures,
                        counted(static_cast<std::size_t>(each.earlier->runs), "earlier run"));
  return text;
}

std::vector<reports::GateVerdict::List> lists_of(const GateJudgement& judgement) {
  std::vector<reports::GateVerdict::List> lists;
  const auto add = [&](std::string_view title, auto is_in) {
    std::vector<std::string> items;
    for (const JudgedCase& each : judgement.cases)
      if (is_in(each)) items.push_back(item_of(each));
    if (!items.empty())
      lists.push_back({.title = fmt::format("{} {}", items.size(), title), .items = std::move(items)});
  };
  const auto of = [](CaseClass wanted) { return [wanted](const JudgedCase& each) { return each.is == wanted; }; };
  add("new", of(CaseClass::new_failure));
  add("with another cause", of(CaseClass::other_cause));
  add("still failing", of(CaseClass::still_failing));
  add("not judged", of(CaseClass::not_judged));
  add("fixed", of(CaseClass::fixed));
  add("slower", [](const JudgedCase& each) { return each.is_slow; });
  if (!judgement.missing.empty())
    lists.push_back({.title = fmt::format("{} not in the run", judgement.missing.size()), .items = judgement.missing});
  if (judgement.unproved.size() > 1) {
    std::vector<std::string> items;
    for (const UnprovedFeature& each : judgement.unproved) items.push_back(text_of(each));
    lists.push_back(
        {.title = fmt::format("{} not proved", counted(items.size(), "feature")), .items = std::move(items)});
  }
  return lists;
}

} // namespace

std::string words_of(const Concerned& concerned, const std::string& base, CloneDepth depth) {
  const std::string name = plain_line(base);
  const std::string fetch = depth == CloneDepth::shallow
                                ? "; let CI fetch more commits (fetch-depth: 0 on GitHub, GIT_DEPTH: 0 on GitLab)"
                                : "";
  switch (concerned.everything) {
  case Everything::no: break;
  case Everything::no_checkout: return "this is no git checkout";
  case Everything::no_commit: return "git reads no commit here";
  case Everything::no_base: return "no base is known; name it with --base";
  case Everything::unknown_base: return fmt::format("{} is not in this clone{}", name, fetch);
  case Everything::no_merge_base: return fmt::format("this clone has no commit in common with {}{}", name, fetch);
  case Everything::unreadable: return "git did not list the changed files";
  case Everything::no_change: return fmt::format("no file differs from {}", name);
  case Everything::project_file:
  case Everything::unknown_path: {
    const bool is_unknown = concerned.everything == Everything::unknown_path;
    const auto wanted = is_unknown ? ChangedPath::Meaning::unknown : ChangedPath::Meaning::project_file;
    const auto first = std::ranges::find(concerned.paths, wanted, &ChangedPath::meaning);
    const auto number = std::ranges::count(concerned.paths, wanted, &ChangedPath::meaning);
    const std::string path = first == concerned.paths.end() ? "" : plain_line(first->path);
    const std::string more =
        number > 1 ? fmt::format(" and {}", counted(static_cast<std::size_t>(number - 1), "more path")) : "";
    return is_unknown ? fmt::format("no rule of [gate] matches {}{}", path, more)
                      : fmt::format("{}{} changed", path, more);
  }
  }
  return {};
}

reports::GateVerdict verdict_of_gate(const GateFacts& facts) {
  reports::GateVerdict verdict;
  verdict.verdict = verdict_of(facts.judgement.decision);
  verdict.heading = heading(facts);
  for (std::string& line :
       std::vector{cause_line(facts), selection_line(facts), comparison_line(facts), unproved_line(facts.judgement)})
    if (!line.empty()) verdict.lines.push_back(std::move(line));
  verdict.lists = lists_of(facts.judgement);
  return verdict;
}

} // namespace murphy::gate
