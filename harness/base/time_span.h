// How long something takes, as people write it.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace murphy {

// The units that it knows, for people.
inline constexpr std::string_view units_of_time = "ms, s, min, h or d";
// It never reads more than this.
inline constexpr std::chrono::days longest_time_span{7};

// "800ms", "2 s", "5min" or "5m", "1h30m", "7d": whole numbers with their units, the largest unit first. From 1ms to
// longest_time_span; none for anything else.
std::optional<std::chrono::milliseconds> read_time_span(std::string_view text);

} // namespace murphy
