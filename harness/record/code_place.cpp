#include "record/code_place.h"

#include <array>
#include <fmt/format.h>
#include <string_view>

namespace murphy::record {
namespace {

std::string age_text(Duration age) {
  struct Unit {
    std::int64_t seconds;
    std::string_view name;
  };
  static constexpr std::array<Unit, 6> units{{{365 * 86400, "year"},
                                              {30 * 86400, "month"},
                                              {7 * 86400, "week"},
                                              {86400, "day"},
                                              {3600, "hour"},
                                              {60, "minute"}}};
  const std::int64_t seconds = std::chrono::duration_cast<std::chrono::seconds>(age).count();
  for (const Unit& unit : units) {
    const std::int64_t count = seconds / unit.seconds;
    if (count > 0) return fmt::format("{} {}{} ago", count, unit.name, count == 1 ? "" : "s");
  }
  return "just now";
}

} // namespace

std::string described(const CodePlace& place) {
  std::string text = fmt::format("{}:{} writes \"{}\"", place.file, place.line, place.name);
  if (place.is_new) return text + " — not committed yet";
  if (place.commit.empty()) return text;
  return text + fmt::format(" — since commit {} \"{}\", {}", place.commit, place.subject, age_text(place.age));
}

} // namespace murphy::record
