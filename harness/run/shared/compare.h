// How a string of the app is compared with what the language asks for. Pure.
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "scenario/model.h"

#include <functional>
#include <string>
#include <string_view>

namespace murphy::run {

// Turns a text of the file into the value it stands for.
using Expand = std::function<Result<Value>(const scenario::Text&)>;

// What a plain string means where it stands: the whole of what was given, a part of it, or a part whatever the case
// (the words of an error message).
enum class PlainString { whole, part, part_in_any_case };

struct Comparison {
  bool holds = false;
  std::string expected; // in words, as it may be shown: `"Welcome"`, `a text that matches /…/`, `at least 2`
};

// Errors: a reference that cannot be resolved, a regex that ran into its limit.
Result<Comparison> compare(const scenario::Matcher& matcher, std::string_view got, PlainString plain,
                           const Expand& expand);

// `text` in double quotes, cut in the middle when it is long.
std::string quoted(std::string_view text, std::size_t longest = 300);

} // namespace murphy::run
