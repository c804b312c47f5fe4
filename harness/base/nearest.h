// What a misspelled name was probably meant to be.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace murphy {

// The candidate that `wanted` most probably means, or two when neither is clearly ahead, or none. Names that differ
// only in case, camelCase, snake_case, hyphens or the order of their words are the same name. Else both must be at
// least 4 characters long and differ by few slips of the fingers: Damerau distance with a swap of neighbours at 0.8 and
// a neighbouring key (QWERTY) at 0.7, at most min(3, max(1, a quarter of the shorter name)); the best is clearly ahead
// when the next is 1 farther.
std::vector<std::string> nearest(std::string_view wanted, const std::vector<std::string>& candidates);

// The same among a few words that are known to be all there is: shorter ones count, too.
std::vector<std::string> nearest_of_few(std::string_view wanted, const std::vector<std::string>& candidates);

// The same as a question: `did you mean "email"?`, `did you mean "email" or "mail"?`, or nothing.
std::string did_you_mean(std::string_view wanted, const std::vector<std::string>& candidates);
std::string did_you_mean_of_few(std::string_view wanted, const std::vector<std::string>& candidates);

// The words of a name, in lower case: "userEmail", "user_email" and "User e-mail" give user and email, or user, e and
// mail.
std::vector<std::string> words_of_name(std::string_view name);

} // namespace murphy
