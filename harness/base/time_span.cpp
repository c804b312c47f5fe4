#include "base/time_span.h"

#include "base/text.h"

#include <array>
#include <charconv>
#include <cstddef>

namespace murphy {
namespace {

using std::chrono::milliseconds;

struct Unit {
  std::string_view name;
  milliseconds length;
};

// The largest first; of two that begin in the same way, the longer one.
constexpr std::array<Unit, 6> units = {{{"d", std::chrono::days(1)},
                                        {"h", std::chrono::hours(1)},
                                        {"min", std::chrono::minutes(1)},
                                        {"ms", milliseconds(1)},
                                        {"m", std::chrono::minutes(1)},
                                        {"s", std::chrono::seconds(1)}}};

const Unit* unit_at_front(std::string_view text) {
  for (const Unit& each : units)
    if (text.starts_with(each.name)) return &each;
  return nullptr;
}

void drop_spaces(std::string_view& text) {
  while (text.starts_with(' ')) text.remove_prefix(1);
}

} // namespace

std::optional<milliseconds> read_time_span(std::string_view text) {
  milliseconds all{}, before = longest_time_span + milliseconds(1);
  do {
    long long number = 0;
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    drop_spaces(text);
    const Unit* unit = unit_at_front(text);
    if (failed != std::errc() || unit == nullptr || unit->length >= before || number > longest_time_span / unit->length)
      return std::nullopt;
    all += number * unit->length;
    before = unit->length;
    text.remove_prefix(unit->name.size());
    drop_spaces(text);
  } while (!text.empty());
  if (all <= milliseconds(0) || all > longest_time_span) return std::nullopt;
  return all;
}

} // namespace murphy
