// What a field's rules say of a single value. Pure.
#pragma once

#include "scenario/model.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// The types that say something of a value: "email", "url", "number", "date", …
const std::vector<std::string>& value_types();

bool has_range(std::string_view type);   // its values have an order: a number, a date
bool has_lengths(std::string_view type); // min_length, max_length and pattern apply; "" is text

// The type that the rules mean: the one they state, else "number" or "date" where `min`, `max` or `step` say so, else
// "".
std::string meant_type(const FieldRules& rules);

// A number, days since 1970 of a date, minutes of a time, months, weeks or minutes since 1970 of the others. None when
// the text is no such value.
std::optional<double> to_number(std::string_view type, std::string_view value);
// A step in the same units: HTML counts those of times in seconds.
std::optional<double> to_step(std::string_view type, std::string_view step);
// The value for a number, in the shortest spelling.
std::string from_number(std::string_view type, double number);

// The first of the rules that a value breaks ("max_length"); empty when it breaks none. An empty value breaks none but
// `required`.
std::string broken_rule(const FieldRules& rules, std::string_view value);

} // namespace murphy::scenario
