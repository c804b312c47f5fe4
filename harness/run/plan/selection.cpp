#include "run/plan/selection.h"

#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <random>

namespace murphy::run {
namespace {

bool any(const std::vector<std::string>& wanted, auto holds) {
  return wanted.empty() || std::ranges::any_of(wanted, holds);
}

// Fisher and Yates' shuffle; std::shuffle may differ from library to library, and a seed should not.
template <class Each> void shuffle(std::vector<Each>& all, std::mt19937_64& random) {
  for (std::size_t left = all.size(); left > 1; --left) std::swap(all[left - 1], all[random() % left]);
}

// A tag that no scenario has: as a rule a slip. Without a near one, `not wip` may be meant for scenarios to come.
Result<void> check_tags(const Plan& all, const TagExpression& tags) {
  std::vector<std::string> known;
  for (const Case& each : all.cases)
    for (const std::string& tag : *each.planned->tags)
      if (std::ranges::find(known, tag) == known.end()) known.push_back(tag);
  std::ranges::sort(known);
  for (const auto& [tag, negated] : tags.mentions()) {
    if (std::ranges::find(known, tag) != known.end()) continue;
    const std::string meant = did_you_mean(tag, known);
    if (negated && meant.empty()) continue;
    Error error;
    error.kind = ErrorKind::usage;
    error.what = fmt::format("no scenario has the tag “{}”", tag);
    error.hint = !meant.empty()  ? meant
                 : known.empty() ? "no scenario has tags; add tags = [\"…\"] to a scenario"
                                 : fmt::format("there are: {}", fmt::join(known, ", "));
    return std::unexpected(std::move(error));
  }
  return {};
}

} // namespace

Result<Plan> select(Plan all, const Selection& selection) {
  for (const std::string& feature : selection.features) {
    std::vector<std::string> known;
    for (const Case& each : all.cases)
      if (known.empty() || known.back() != each.planned->feature) known.push_back(each.planned->feature);
    if (std::ranges::any_of(known, [&](const std::string& name) { return fold_case(name) == fold_case(feature); }))
      continue;
    Error error;
    error.kind = ErrorKind::usage;
    error.what = fmt::format("there is no feature “{}”", feature);
    error.hint = did_you_mean(feature, known);
    if (error.hint.empty()) error.hint = fmt::format("there are: {}", fmt::join(known, ", "));
    return std::unexpected(std::move(error));
  }
  if (selection.tags)
    if (auto checked = check_tags(all, *selection.tags); !checked) return std::unexpected(checked.error());
  std::erase_if(all.cases, [&](const Case& each) {
    const record::PlannedCase& planned = each.planned;
    const std::string name = fold_case(planned.name);
    const bool is_selected =
        any(selection.features,
            [&](const std::string& wanted) { return fold_case(wanted) == fold_case(planned.feature); }) &&
        any(selection.names,
            [&](const std::string& part) { return name.find(fold_case(part)) != std::string::npos; }) &&
        (!selection.tags || selection.tags->holds(planned.tags)) &&
        (!selection.ids || selection.ids->contains(planned.id));
    return !is_selected;
  });
  return all;
}

Plan shuffle(Plan plan, std::uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<std::vector<Case>> features;
  for (Case& each : plan.cases) {
    if (features.empty() || features.back().front().planned->place.file != each.planned->place.file)
      features.emplace_back();
    features.back().push_back(std::move(each));
  }
  shuffle(features, random);
  Plan shuffled;
  shuffled.seed = seed;
  for (std::vector<Case>& feature : features) {
    shuffle(feature, random);
    std::ranges::move(feature, std::back_inserter(shuffled.cases));
  }
  return shuffled;
}

} // namespace murphy::run
