#include "watch/schedule.h"

#include "base/hash.h"

#include <algorithm>
#include <cstdint>
#include <string>

namespace murphy::watch {
namespace {

using record::Instant;
using std::chrono::milliseconds;

// The first place after `now`.
Instant place_after(Instant now, milliseconds every, milliseconds offset) {
  const auto since = std::chrono::floor<milliseconds>(now.time_since_epoch()) - offset;
  return Instant(offset + (since / every + 1) * every);
}

} // namespace

milliseconds offset_of(const std::string& check, milliseconds every) {
  constexpr std::size_t digits = 15; // fit into 64 bits
  constexpr int hexadecimal = 16;
  const std::uint64_t number = std::stoull(hex_digest(Hash::sha256, check).substr(0, digits), nullptr, hexadecimal);
  return milliseconds(static_cast<milliseconds::rep>(number % static_cast<std::uint64_t>(every.count())));
}

Schedule::Schedule(const std::vector<ScheduledCheck>& checks, Instant now) {
  for (const ScheduledCheck& each : checks)
    places_.push_back(
        {.check = each.check, .every = each.every, .offset = offset_of(each.check, each.every), .next = now});
}

std::vector<std::string> Schedule::due(Instant now) const {
  std::vector<std::string> checks;
  for (const Place& each : places_)
    if (each.next <= now) checks.push_back(each.check);
  return checks;
}

Instant Schedule::next() const {
  return places_.empty() ? Instant::max() : std::ranges::min(places_, {}, &Place::next).next;
}

int Schedule::ran(const std::string& check, Instant now, std::optional<milliseconds> again_after) {
  const auto place = std::ranges::find(places_, check, &Place::check);
  if (place == places_.end()) return 0;
  const Instant meant = place_after(place->next, place->every, place->offset);
  place->next = place_after(now, place->every, place->offset);
  const auto missed = (place->next - meant) / place->every;
  if (again_after) place->next = std::min(place->next, now + *again_after);
  return static_cast<int>(std::max<decltype(missed)>(missed, 0));
}

bool Schedule::hold_back(const std::string& check, Instant now, Instant until) {
  const auto place = std::ranges::find(places_, check, &Place::check);
  if (place == places_.end()) return false;
  const Instant regular = place_after(now, place->every, place->offset);
  place->next = std::min(regular, until);
  return until < regular;
}

void Schedule::put_off(const std::string& check, Instant until) {
  const auto place = std::ranges::find(places_, check, &Place::check);
  if (place != places_.end()) place->next = std::max(place->next, until);
}

void Schedule::bring_along(const std::string& check, const std::vector<std::string>& others) {
  const auto place = std::ranges::find(places_, check, &Place::check);
  if (place == places_.end()) return;
  for (Place& each : places_)
    if (each.every <= place->every && std::ranges::find(others, each.check) != others.end())
      each.next = std::min(each.next, place->next);
}

void Schedule::start_over(Instant now, milliseconds wait) {
  for (Place& each : places_) each.next = now + wait;
}

} // namespace murphy::watch
