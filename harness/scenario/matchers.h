// Values that an answer is compared with, as expectations write them.
#pragma once

#include "scenario/reading.h"

#include <optional>

namespace murphy::scenario {

// What may be compared at a place: text, numbers, or either.
enum class Compared { text, number, either };

// A plain value, or a table with exactly one of contains, matches, not, at_least.
std::optional<Matcher> read_matcher(Reading& reading, const Entry& entry, Compared compared, Context& context);

// A number, "2xx", or a list of them, within 100–599.
std::optional<StatusSet> read_status(Reading& reading, const Entry& entry);

// A selector, or a table with `css` and what is said of the element. Of one that must be absent nothing can be said of
// how many there are.
std::optional<ElementExpectation> read_element(Reading& reading, const Entry& entry, Presence presence,
                                               Context& context);

// `name` is the cookie's; the entry's value is the table of what is said of it.
std::optional<CookieExpectation> read_cookie(Reading& reading, const Entry& entry, Context& context);

} // namespace murphy::scenario
