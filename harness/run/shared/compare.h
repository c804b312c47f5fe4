// How a string of the app is compared with what the language asks for. Pure.
#pragma once

#include "base/error.h"
#include "base/secret.h"
#include "record/failure.h"
#include "scenario/model.h"

#include <functional>
#include <string_view>

namespace murphy::run {

// Turns a text of the file into the value it stands for.
using Expand = std::function<Result<Value>(const scenario::Text&)>;

// What a plain string means where it stands: the whole of what was given, to the letter; the words of a page, whole or
// in part; or a part of them whatever the case (an error message). Words are compared as people read them
// (plain_words).
enum class PlainString { whole, words, part, part_in_any_case };

struct Comparison {
  bool holds = false;
  record::Wanted wanted; // as it may be shown
};

// Whether only a number can be compared so.
bool compares_numbers(const scenario::Matcher& matcher);

// What there was: a number where numbers are compared, else a text.
record::Got got_of(const Comparison& comparison, std::string_view got);

// What is asked for of a text: the value, as it may be shown.
record::Wanted wanted_of(record::Wanted::Kind kind, const Value& value);

// Errors: a reference that cannot be resolved, or that leaves nothing to look for; a regex that ran into its limit.
Result<Comparison> compare(const scenario::Matcher& matcher, std::string_view got, PlainString plain,
                           const Expand& expand);

// A value in clear, where it names something on a page or in an address.
std::string in_clear(const Value& value);

} // namespace murphy::run
