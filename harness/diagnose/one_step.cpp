#include "diagnose/one_step.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace murphy::diagnose {
namespace {

using record::StepResult;

template <class T> void append(std::vector<T>& to, const std::vector<T>& more) {
  to.insert(to.end(), more.begin(), more.end());
}

template <class T> void prepend(std::vector<T>& to, std::vector<T> before) {
  append(before, to);
  to = std::move(before);
}

bool is_earlier(const StepResult& failed, std::size_t index) {
  return std::ranges::any_of(failed.earlier, [&](const record::EarlierStep& earlier) {
    return earlier.index == static_cast<std::int64_t>(index);
  });
}

} // namespace

std::vector<StepResult> with_whole_evidence(std::span<const StepResult> steps) {
  std::vector<StepResult> whole(steps.begin(), steps.end());
  if (whole.empty()) return whole;
  const auto is_before = [&](std::int64_t index) {
    return index >= 0 && static_cast<std::size_t>(index) + 1 < whole.size();
  };
  for (const record::EarlierPage& earlier : steps.back().earlier_pages)
    if (is_before(earlier.index)) whole[static_cast<std::size_t>(earlier.index)].evidence.page = earlier.page;
  for (const record::EarlierStep& earlier : steps.back().earlier)
    if (is_before(earlier.index)) whole[static_cast<std::size_t>(earlier.index)].evidence = earlier.evidence;
  return whole;
}

std::vector<StepResult> as_one_step(std::span<const StepResult> steps) {
  if (steps.empty() || steps.back().earlier.empty()) return {steps.begin(), steps.end()};
  std::vector<StepResult> others;
  const StepResult& failed = steps.back();
  record::Evidence earlier;
  for (std::size_t i = 0; i + 1 < steps.size(); ++i) {
    if (!is_earlier(failed, i)) {
      others.push_back(steps[i]);
      continue;
    }
    const record::Evidence& evidence = steps[i].evidence;
    for (const record::Exchange* exchange : record::own_exchanges(evidence.exchanges))
      earlier.exchanges.push_back(*exchange);
    append(earlier.console, evidence.console);
    if (!evidence.form) continue;
    earlier.form = evidence.form;
    earlier.page = evidence.page;
  }
  StepResult one = failed;
  prepend(one.evidence.exchanges, std::move(earlier.exchanges));
  prepend(one.evidence.console, std::move(earlier.console));
  if (!one.evidence.form) one.evidence.form = std::move(earlier.form);
  // The answer to the form says more than the page that sent back to it.
  if (earlier.page) one.evidence.page = std::move(earlier.page);
  others.push_back(std::move(one));
  return others;
}

} // namespace murphy::diagnose
