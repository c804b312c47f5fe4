#include "cli/repro_verdict.h"

#include "base/make_error.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>
#include <map>
#include <optional>
#include <set>

namespace murphy::cli {
namespace {

constexpr std::size_t most_listed = 10;

const record::PlannedCase& planned(const record::Run& run, std::size_t number) { return *run.started.plan[number]; }

std::vector<std::string> lines_of(const record::Run& run, const std::vector<std::size_t>& numbers) {
  std::vector<std::string> lines;
  for (const std::size_t number : numbers) {
    if (lines.size() == most_listed) {
      lines.push_back(fmt::format("and {} more", numbers.size() - most_listed));
      break;
    }
    lines.push_back(fmt::format("{}  {}", number + 1, one_line(planned(run, number).name)));
  }
  return lines;
}

// The step that the case ended at, from 1; 0: it passed all.
std::size_t failed_step(const record::CaseResult& result) {
  for (std::size_t index = 0; index < result.steps.size(); ++index)
    if (is_red(result.steps[index].outcome)) return index + 1;
  return 0;
}

const record::StepResult* step_of(const record::CaseResult& result) {
  const std::size_t step = failed_step(result);
  return step == 0 ? nullptr : &result.steps[step - 1];
}

// The tags of tokens differ from process to process: "‹sid:a1b2›".
std::string without_tags(std::string_view text) {
  constexpr std::string_view begin = "‹", end = "›";
  std::string plain;
  while (!text.empty()) {
    const std::size_t at = std::min(text.find(begin), text.size());
    plain += text.substr(0, at);
    text.remove_prefix(at);
    const std::size_t close = text.find(end);
    if (text.empty() || close == std::string_view::npos) break;
    plain += begin;
    text.remove_prefix(close + end.size());
  }
  return plain + std::string(text);
}

bool are_alike(const record::Got& one, const record::Got& other) {
  return without_tags(one.text) == without_tags(other.text) && one.number == other.number && one.list == other.list &&
         one.change == other.change && one.answer.status == other.answer.status &&
         without_tags(one.answer.path) == without_tags(other.answer.path) &&
         without_tags(one.answer.title) == without_tags(other.answer.title);
}

bool are_alike(const record::Failure& one, const record::Failure& other) {
  return one.code == other.code && one.key == other.key && one.subject == other.subject && one.part == other.part &&
         one.wanted == other.wanted && are_alike(one.got, other.got);
}

// Whether both ended for one reason: by what stays the same as long as the cause does, and without a suspect, by what
// did not hold and what was there instead. What tells no reason is never the same.
bool have_same_cause(const record::CaseResult& then, const record::CaseResult& now) {
  const record::StepResult *step_then = step_of(then), *step_now = step_of(now);
  if (step_then == nullptr || step_now == nullptr || then.outcome != now.outcome) return false;
  if (!step_then->suspects.empty() && !step_now->suspects.empty()) {
    const std::string& mark = step_then->suspects.front().fingerprint;
    return !mark.empty() && mark == step_now->suspects.front().fingerprint;
  }
  if (failed_step(then) != failed_step(now) || step_then->suspects.empty() != step_now->suspects.empty()) return false;
  if (step_then->error && step_now->error) return step_then->error->what == step_now->error->what;
  if (step_then->error || step_now->error || step_then->failures.empty() || step_now->failures.empty()) return false;
  return are_alike(step_then->failures.front(), step_now->failures.front());
}

// "failed", of what did not come to an end: "was skipped".
std::string_view ending_of(record::Outcome outcome) {
  switch (outcome) {
  case record::Outcome::passed: return "passed";
  case record::Outcome::failed: return "failed";
  case record::Outcome::error: return "could not be judged";
  case record::Outcome::skipped: return "was skipped";
  case record::Outcome::not_run: return "was not run";
  }
  return {};
}

std::string cause_of(const record::CaseResult& result) {
  const record::StepResult* step = step_of(result);
  if (step == nullptr) return fmt::format("no step failed");
  const std::string at = fmt::format("step {}", failed_step(result));
  if (!step->suspects.empty()) return fmt::format("{}: {}", at, one_line(step->suspects.front().cause));
  if (step->error) return fmt::format("{}: {}", at, one_line(step->error->what));
  return step->failures.empty() ? at : fmt::format("{}: {}", at, one_line(step->failures.front().key));
}

// A case that the journal has no beginning of did not run.
bool began_before(const record::CaseResult& one, const record::CaseResult& other) {
  return one.started != record::Instant{} && (other.started == record::Instant{} || one.started < other.started);
}

// Of its pool; 0: the user has none.
int member_of(const record::CaseResult& result, const std::string& user) {
  if (!result.members) return 0;
  const auto found = std::ranges::find(*result.members, user, &record::PoolMember::user);
  return found == result.members->end() ? 0 : found->number;
}

bool share_account(const record::CaseResult& one, const record::CaseResult& other) {
  return std::ranges::any_of(*one.plan->accounts, [&](const std::string& user) {
    return contains(*other.plan->accounts, user) && member_of(one, user) == member_of(other, user);
  });
}

} // namespace

Result<std::size_t> find_case_by_words(const record::Run& run, const std::string& words) {
  const std::size_t count = run.started.plan.size();
  std::size_t number = 0;
  const auto [end, failed] = std::from_chars(words.data(), words.data() + words.size(), number);
  if (failed == std::errc() && end == words.data() + words.size() && number >= 1 && number <= count) return number - 1;
  std::vector<std::size_t> found, whole, all;
  for (std::size_t each = 0; each < count; ++each) {
    if (planned(run, each).id == words) return each;
    all.push_back(each);
    const std::string name = fold_case(planned(run, each).name);
    if (name.contains(fold_case(words))) found.push_back(each);
    if (name == fold_case(words)) whole.push_back(each);
  }
  if (whole.size() == 1) return whole.front();
  if (found.size() == 1) return found.front();
  return std::unexpected(
      usage_error(fmt::format("{} case{} of the journal {} \"{}\" in {} name", found.empty() ? "no" : "several",
                              found.size() == 1 || found.empty() ? "" : "s", found.empty() ? "has" : "have",
                              one_line(words), found.empty() ? "its" : "their"),
                  "name one by its number:\n" + join(lines_of(run, found.empty() ? all : found), "\n")));
}

std::vector<std::size_t> cases_with_its_accounts(const record::Run& run, std::size_t number) {
  const record::CaseResult& its = *record::find_case(run, planned(run, number).id);
  std::vector<std::size_t> before;
  for (std::size_t each = 0; each < run.started.plan.size(); ++each) {
    const record::CaseResult& other = *record::find_case(run, planned(run, each).id);
    if (each != number && began_before(other, its) && share_account(other, its)) before.push_back(each);
  }
  std::ranges::stable_sort(before, {},
                           [&](std::size_t each) { return record::find_case(run, planned(run, each).id)->started; });
  return before;
}

std::vector<std::string> changed_files(const record::Run& run, const record::CaseResult& then,
                                       const std::vector<std::string>& files, const FilesNow& now) {
  std::set<std::string> changed;
  std::map<std::string, std::string> digests;
  if (run.started.conditions)
    for (const record::FileRead& each : run.started.conditions->files)
      if (!each.sha256.empty()) digests[each.file] = each.sha256;
  for (const std::string& file : files)
    if (const auto known = digests.find(file); known != digests.end() && now.sha256(file) != known->second)
      changed.insert(file);
  for (const record::StepResult& step : then.steps)
    // A line with a secret in it is masked in the journal.
    if (!digests.contains(step.place.file) && step.place.line > 0 && !step.source_line.empty() &&
        !step.source_line.contains("‹") &&
        trim(now.line_of(step.place.file, step.place.line)) != trim(step.source_line))
      changed.insert(step.place.file);
  return {changed.begin(), changed.end()};
}

std::string compare_causes(const record::CaseResult& then, const record::CaseResult& now) {
  if (!is_red(now.outcome) && now.outcome != record::Outcome::passed) {
    const std::string text = fmt::format("It {} now", ending_of(now.outcome));
    return is_red(then.outcome) ? text + ". Then: " + cause_of(then)
                                : fmt::format("{}, and {} then", text, ending_of(then.outcome));
  }
  if (!is_red(now.outcome)) {
    if (is_red(then.outcome)) return "It passes now. Then: " + cause_of(then);
    return then.outcome == record::Outcome::passed ? "It passes, as it did then"
                                                   : fmt::format("It passes now, and {} then", ending_of(then.outcome));
  }
  if (!is_red(then.outcome))
    return fmt::format("It fails now, and {} then: {}", ending_of(then.outcome), cause_of(now));
  if (have_same_cause(then, now)) return "The same cause: " + cause_of(now);
  return fmt::format("Another cause: {}. Then: {}", cause_of(now), cause_of(then));
}

std::string compare_all_causes(const record::CaseResult& then, const std::vector<record::CaseResult>& runs) {
  std::set<std::size_t> steps;
  std::size_t failed = 0, same = 0, passed = 0;
  for (const record::CaseResult& each : runs) {
    if (each.outcome == record::Outcome::passed) ++passed;
    if (!is_red(each.outcome)) continue;
    ++failed;
    steps.insert(failed_step(each));
    if (have_same_cause(then, each)) ++same;
  }
  if (failed == 0) return fmt::format("Passed {} of {}", passed, runs.size());
  std::string text = fmt::format("Failed {} of {}, ", failed, runs.size());
  if (steps.size() == 1) {
    text += fmt::format("always at step {}", *steps.begin());
  } else {
    std::vector<std::string> numbers;
    for (const std::size_t step : steps) numbers.push_back(std::to_string(step));
    text += "at steps " + join(numbers, ", ");
  }
  if (same == failed) return text + ", of the same cause as then";
  return text + fmt::format("; {} of the same cause as then", same == 0 ? "none" : std::to_string(same));
}

} // namespace murphy::cli
