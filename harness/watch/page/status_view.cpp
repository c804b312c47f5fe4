#include "watch/page/status_view.h"

#include "base/text.h"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <set>

namespace murphy::watch {
namespace {

using std::chrono::milliseconds;

// Lower-case letters and digits, and hyphens between them; what others have already gets a number.
std::string slug_of(const std::string& name, std::set<std::string>& taken) {
  std::string slug;
  for (const char c : ascii_lower(name)) {
    if (is_alphanumeric(c))
      slug += c;
    else if (!slug.empty() && slug.back() != '-')
      slug += '-';
  }
  while (slug.ends_with('-')) slug.pop_back();
  if (slug.empty()) slug = "feature";
  std::string unique = slug;
  for (int number = 2; !taken.insert(unique).second; ++number) unique = fmt::format("{}-{}", slug, number);
  return unique;
}

PublicState state_of(const SpentTime& time, Day day, Instant now) {
  if (time.down > milliseconds(0)) return PublicState::down;
  if (time.degraded > milliseconds(0)) return PublicState::degraded;
  const bool is_over = day + std::chrono::days(1) <= now;
  if (time.known() == milliseconds(0) || (is_over && time.known() < std::chrono::hours(12)))
    return PublicState::unknown;
  return time.up > milliseconds(0) ? PublicState::up : PublicState::maintenance;
}

FeatureView feature_view(const std::string& name, PublicState state, const Published& published, Instant now) {
  FeatureView view{.name = name, .slug = {}, .state = state, .days = {}, .percent = {}};
  const auto known = published.uptime.find(name);
  const Day today = std::chrono::floor<std::chrono::days>(now);
  SpentTime all;
  for (Day day = today - kept_days + std::chrono::days(1); day <= today; day += std::chrono::days(1)) {
    SpentTime time;
    if (known != published.uptime.end())
      if (const auto found = known->second.find(day); found != known->second.end()) time = found->second;
    view.days.push_back({.day = day, .state = state_of(time, day, now), .time = time});
    all.up += time.up;
    all.degraded += time.degraded;
    all.down += time.down;
  }
  // Cut and not rounded: what was down for a minute was not up all the time.
  constexpr double hundred = 100, hundredths = 10'000;
  if (const auto total = all.known(); total > milliseconds(0))
    view.percent = std::floor(hundredths * static_cast<double>(all.up.count()) / static_cast<double>(total.count())) /
                   (hundredths / hundred);
  return view;
}

} // namespace

StatusView status_view(const Published& published, Instant now) {
  StatusView view{.now = now, .as_of = {}, .state = PublicState::unknown, .features = {}};
  auto states = public_states(published.state, published.facts.scenarios, now);
  if (published.has_ended)
    for (auto& [feature, state] : states) state = PublicState::unknown;
  view.state = worst_of(states);
  view.as_of = last_judged(published.state, published.facts.scenarios);
  std::set<std::string> slugs;
  for (const auto& [name, state] : states) {
    view.features.push_back(feature_view(name, state, published, now));
    view.features.back().slug = slug_of(name, slugs);
  }
  return view;
}

} // namespace murphy::watch
