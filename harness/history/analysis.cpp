#include "history/analysis.h"

#include "record/time.h"
#include "reports/plain_text.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>
#include <set>
#include <tuple>

namespace murphy::history {
namespace {

constexpr std::size_t most_runs = 30;
constexpr std::size_t short_commit = 9;

bool has_passed(const PastCase& each) { return each.is.outcome == "passed"; }
bool has_failed(const PastCase& each) { return each.is.outcome == "failed"; }

record::Instant instant(std::int64_t microseconds) { return record::Instant(std::chrono::microseconds(microseconds)); }

int flaky_runs(const std::vector<PastCase>& runs) {
  using Place = std::pair<std::string, std::string>; // target and commit
  std::set<Place> passed, failed;
  for (const PastCase& each : runs) {
    if (each.commit.empty() || each.is_dirty) continue;
    if (has_passed(each)) passed.emplace(each.target, each.commit);
    if (has_failed(each)) failed.emplace(each.target, each.commit);
  }
  return static_cast<int>(std::ranges::count_if(runs, [&](const PastCase& each) {
    if (has_passed(each) && each.is.attempts > 1) return true;
    const Place at(each.target, each.commit);
    return has_failed(each) && !each.is_dirty && passed.contains(at) && failed.contains(at);
  }));
}

std::int64_t median_of(const std::vector<PastCase>& runs) {
  std::vector<std::int64_t> durations;
  for (const PastCase& each : runs)
    if (has_passed(each) && each.is.attempts == 1) durations.push_back(each.is.duration);
  if (durations.empty()) return 0;
  const auto middle = durations.begin() + static_cast<std::ptrdiff_t>(durations.size() / 2);
  std::ranges::nth_element(durations, middle);
  return *middle;
}

void find_first_bad(CaseHistory& history) {
  const PastCase& newest = history.runs.front();
  for (const PastCase& each : history.runs) {
    if (each.target != newest.target || each.branch != newest.branch) continue;
    if (has_passed(each)) {
      if (history.is_failing) history.last_good = each.commit;
      return;
    }
    if (!has_failed(each)) continue;
    history.is_failing = true;
    history.first_bad = each.commit;
    history.failing_since = each.started;
  }
}

std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"') result += '"';
    result += c;
  }
  return result + "\"";
}

std::string short_of(const std::string& commit) {
  return commit.empty() ? "no commit" : reports::plain_line(commit).substr(0, short_commit);
}

} // namespace

std::vector<CaseHistory> histories_of(const std::vector<PastCase>& cases) {
  std::vector<CaseHistory> all;
  for (const PastCase& each : cases) {
    if (all.empty() || all.back().id != each.is.id) {
      all.emplace_back().id = each.is.id;
      all.back().name = each.is.name;
    }
    if (all.back().runs.size() < most_runs) all.back().runs.push_back(each);
  }
  for (CaseHistory& history : all) {
    history.failures = static_cast<int>(std::ranges::count_if(history.runs, has_failed));
    history.judged = history.failures + static_cast<int>(std::ranges::count_if(history.runs, has_passed));
    history.flaky = flaky_runs(history.runs);
    history.median = median_of(history.runs);
    find_first_bad(history);
  }
  return all;
}

std::string moment_text(std::int64_t microseconds) {
  std::string text = record::to_iso_8601(instant(microseconds)).substr(0, 16);
  text[10] = ' ';
  return text;
}

std::vector<std::string> lines_of(const CaseHistory& history) {
  std::vector<std::string> lines{reports::plain_line(history.name)};
  lines.push_back(fmt::format("failed in {} of {} runs{}", history.failures, history.judged,
                              history.flaky > 0 ? fmt::format(", flaky in {}", history.flaky) : ""));
  if (history.median > 0) lines.push_back(fmt::format("takes {} ms", history.median / 1000));
  if (history.is_failing) {
    const std::string& branch = history.runs.front().branch;
    lines.push_back(fmt::format(
        "fails{} since {}: first bad {}, {}", branch.empty() ? "" : " on " + reports::plain_line(branch),
        moment_text(history.failing_since), short_of(history.first_bad),
        history.last_good.empty() ? std::string("no good run before") : "last good " + short_of(history.last_good)));
  }
  return lines;
}

std::string line_of(const PastRun& past) {
  const RunSummary& run = past.run;
  return fmt::format(
      "{}  {:<11}  {:>5} passed {:>5} failed of {:<5}  {}{}  {}  {}", moment_text(run.started), run.outcome,
      past.passed, past.failed, past.cases, short_of(run.commit), run.is_dirty ? " with changes" : "",
      run.branch.empty() ? "no branch" : reports::plain_line(run.branch), reports::plain_line(run.target));
}

std::string line_of(const PastCause& cause) {
  return fmt::format("{}  since {}, last {}, in {} run{}, {} scenario{} in the last  {}", cause.cause.id,
                     moment_text(cause.first), moment_text(cause.last), cause.runs, cause.runs == 1 ? "" : "s",
                     cause.cases, cause.cases == 1 ? "" : "s", reports::plain_line(cause.cause.words));
}

std::string csv_of(const std::vector<PastCase>& cases) {
  std::string text = "run,started,target,branch,commit,dirty,feature,name,outcome,attempts,duration_us,cause,place\r\n";
  for (const PastCase& each : cases)
    text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{},{}\r\n", each.run,
                        record::to_iso_8601(instant(each.started)), quoted(each.target), quoted(each.branch),
                        each.commit, each.is_dirty, quoted(each.is.feature), quoted(each.is.name), each.is.outcome,
                        each.is.attempts, each.is.duration, each.is.cause, quoted(each.is.place));
  return text;
}

std::string json_lines_of(const std::vector<PastCase>& cases) {
  std::string text;
  for (const PastCase& each : cases)
    text += boost::json::serialize(boost::json::object{{"run", each.run},
                                                       {"started", record::to_iso_8601(instant(each.started))},
                                                       {"target", each.target},
                                                       {"branch", each.branch},
                                                       {"commit", each.commit},
                                                       {"dirty", each.is_dirty},
                                                       {"id", each.is.id},
                                                       {"feature", each.is.feature},
                                                       {"name", each.is.name},
                                                       {"outcome", each.is.outcome},
                                                       {"attempts", each.is.attempts},
                                                       {"duration_us", each.is.duration},
                                                       {"cause", each.is.cause},
                                                       {"place", each.is.place}}) +
            "\n";
  return text;
}

} // namespace murphy::history
