#include "watch/maintenance.h"

#include "base/make_error.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <date/tz.h>
#include <exception>
#include <fmt/format.h>

namespace murphy::watch {
namespace {

using std::chrono::days;
using std::chrono::minutes;
using LocalDay = std::chrono::local_days;

constexpr std::array names_of_days{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};

const date::time_zone* zone_named(const std::string& name) {
  try {
    return date::locate_zone(name);
  } catch (const std::exception&) {
    return nullptr;
  }
}

// "02:00"; 24:00 is the end of a day.
std::optional<minutes> read_clock(const std::string& text) {
  int hour = 0, minute = 0, read = 0;
  if (std::sscanf(text.c_str(), "%2d:%2d%n", &hour, &minute, &read) != 2 || read != static_cast<int>(text.size()))
    return std::nullopt;
  constexpr int day = 24 * 60, hour_length = 60;
  const int all = hour * hour_length + minute;
  if (text.size() != 5 || hour < 0 || minute < 0 || minute >= hour_length || all > day) return std::nullopt;
  return minutes(all);
}

// "2026-12-01 22:00"
std::optional<LocalMinutes> read_moment(const std::string& text) {
  constexpr std::size_t date_length = 10;
  int year = 0, read = 0;
  unsigned month = 0, day = 0;
  if (text.size() != date_length + 6 || text[date_length] != ' ' ||
      std::sscanf(text.c_str(), "%4d-%2u-%2u%n", &year, &month, &day, &read) != 3 || read != date_length)
    return std::nullopt;
  const std::chrono::year_month_day date{std::chrono::year(year), std::chrono::month(month), std::chrono::day(day)};
  const auto clock = read_clock(text.substr(date_length + 1));
  if (!date.ok() || !clock) return std::nullopt;
  return LocalDay(date) + *clock;
}

Instant instant(const date::time_zone& zone, LocalMinutes local, date::choose of_two) {
  const date::local_time<minutes> time(local.time_since_epoch());
  const auto info = zone.get_info(time);
  // In the hour that is left out, both choices are the moment at which the clock leaps.
  if (info.result == date::local_info::nonexistent) return Instant(info.second.begin.time_since_epoch());
  return Instant(zone.to_sys(time, of_two).time_since_epoch());
}

bool is_within(const date::time_zone& zone, LocalMinutes from, LocalMinutes until, Instant now) {
  return instant(zone, from, date::choose::earliest) <= now && now < instant(zone, until, date::choose::latest);
}

Error no_window(std::string what, std::string hint) { return usage_error(std::move(what), std::move(hint)); }

} // namespace

Result<MaintenanceWindow> read_window(const std::vector<std::string>& names, const std::string& from,
                                      const std::string& until, const std::string& zone) {
  MaintenanceWindow window{.zone = zone, .days = {}};
  if (zone_named(zone) == nullptr)
    return std::unexpected(no_window(fmt::format("no time zone of this machine is called \"{}\"", zone),
                                     "write a name such as Europe/Berlin; /usr/share/zoneinfo has them (tzdata)"));
  for (const std::string& name : names) {
    const auto found = std::ranges::find(names_of_days, name);
    if (found == names_of_days.end())
      return std::unexpected(
          no_window(fmt::format("\"{}\" is no day of the week", name), "write mon, tue, wed, thu, fri, sat or sun"));
    window.days.insert(static_cast<unsigned>(found - names_of_days.begin()));
  }
  if (window.days.empty()) {
    const auto begin = read_moment(from), end = read_moment(until);
    if (!begin || !end)
      return std::unexpected(no_window(fmt::format("\"{}\" is no moment", begin ? until : from),
                                       "write from = \"2026-12-01 22:00\"; or add days = [\"sun\"] for every week"));
    if (*end <= *begin)
      return std::unexpected(no_window("a maintenance window ends before it begins", "make \"until\" later"));
    window.from = *begin;
    window.until = *end;
    return window;
  }
  const auto begins = read_clock(from), ends = read_clock(until);
  if (!begins || !ends)
    return std::unexpected(
        no_window(fmt::format("\"{}\" is no time of the day", begins ? until : from), "write from = \"02:00\""));
  if (*begins == *ends)
    return std::unexpected(no_window("a maintenance window ends when it begins", "make \"until\" later"));
  window.begins = *begins;
  window.ends = *ends;
  return window;
}

bool is_open(const MaintenanceWindow& window, Instant now) {
  const date::time_zone* zone = zone_named(window.zone);
  if (zone == nullptr) return false;
  if (window.days.empty()) return is_within(*zone, window.from, window.until, now);
  const auto local = zone->to_local(date::sys_time<Instant::duration>(now.time_since_epoch()));
  const LocalDay today(std::chrono::floor<days>(local.time_since_epoch()));
  // One that began yesterday may not be over.
  for (const LocalDay day : {today - days(1), today}) {
    if (!window.days.contains(std::chrono::weekday(day).c_encoding())) continue;
    const LocalDay last = window.ends <= window.begins ? day + days(1) : day;
    if (is_within(*zone, day + window.begins, last + window.ends, now)) return true;
  }
  return false;
}

} // namespace murphy::watch
