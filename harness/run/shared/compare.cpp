#include "run/shared/compare.h"

#include "base/text.h"

#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <utility>

namespace murphy::run {
namespace {

using scenario::Matcher;

record::Wanted wanted(record::Wanted::Kind kind, std::string text) {
  record::Wanted made;
  made.kind = kind;
  made.text = std::move(text);
  return made;
}

Comparison compare_text(std::string_view got, PlainString plain, bool part, const Value& value) {
  using Kind = record::Wanted::Kind;
  const ClearText clear = reveal(value);
  const ClearText text = plain == PlainString::whole ? ClearText(clear.view()) : ClearText(plain_words(clear.view()));
  const bool is_whole = !part && (plain == PlainString::whole || plain == PlainString::words);
  if (is_whole) return {got == text.view(), wanted_of(Kind::equal, value)};
  if (plain == PlainString::part_in_any_case) {
    const ClearText looked_for(fold_case(text.view()));
    return {fold_case(got).find(looked_for.view()) != std::string::npos, wanted_of(Kind::part, value)};
  }
  return {got.find(text.view()) != std::string_view::npos, wanted_of(Kind::part, value)};
}

// Empty words are in every text: whatever is compared with them holds and says nothing.
Error nothing_to_look_for(const scenario::Text& text) {
  return {.kind = ErrorKind::usage,
          .what = fmt::format("there is nothing to look for: {} is empty", text.source),
          .hint = "give it a value, or capture it from a part of the page that has text",
          .place = text.place,
          .source_line = text.source_line};
}

template <class Number> std::optional<Number> read_number(std::string_view text) {
  Number number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return number;
}

std::optional<double> number_in(std::string_view text) { return read_number<double>(text); }

// Whole numbers are compared digit by digit: a double cannot tell apart the longest of them. "007" is no number.
bool is_number(std::string_view got, const Matcher& wanted) {
  if (got.size() > 1 && got.front() == '0' && is_digit(got[1])) return false;
  const auto whole = read_number<std::int64_t>(got), wanted_whole = read_number<std::int64_t>(wanted.text.source);
  if (whole && wanted_whole) return *whole == *wanted_whole;
  const auto number = number_in(got);
  return number && *number == wanted.number;
}

Result<Comparison> compare_with(const Matcher& matcher, std::string_view got, PlainString plain, const Expand& expand) {
  switch (matcher.kind) {
  case Matcher::Kind::equals:
  case Matcher::Kind::contains: {
    if (matcher.is_number)
      return Comparison{is_number(got, matcher), wanted(record::Wanted::Kind::literal, matcher.text.source)};
    const Result<Value> value = expand(matcher.text);
    if (!value) return std::unexpected(value.error());
    const bool is_part =
        matcher.kind == Matcher::Kind::contains || (plain != PlainString::whole && plain != PlainString::words);
    if (is_part && ClearText(plain_words(reveal(*value).view())).empty())
      return std::unexpected(nothing_to_look_for(matcher.text));
    return compare_text(got, plain, matcher.kind == Matcher::Kind::contains, *value);
  }
  case Matcher::Kind::matches: {
    const auto groups = matcher.regex->search(got);
    if (!groups) return std::unexpected(groups.error());
    return Comparison{!groups->empty(), wanted(record::Wanted::Kind::match, std::string(matcher.regex->source()))};
  }
  case Matcher::Kind::not_: {
    auto inner = compare_with(*matcher.negated, got, plain, expand);
    if (!inner) return std::unexpected(inner.error());
    // What is no number is neither at least a number nor less.
    inner->holds = !inner->holds && (!compares_numbers(*matcher.negated) || number_in(got));
    inner->wanted.is_negated = !inner->wanted.is_negated;
    return inner;
  }
  case Matcher::Kind::at_least: {
    const auto number = number_in(got);
    return Comparison{number && *number >= matcher.number, wanted(record::Wanted::Kind::at_least, matcher.text.source)};
  }
  }
  return Comparison{};
}

} // namespace

bool compares_numbers(const Matcher& matcher) {
  return matcher.kind == Matcher::Kind::at_least ||
         (matcher.kind == Matcher::Kind::not_ && compares_numbers(*matcher.negated));
}

std::string in_clear(const Value& value) { return std::string(reveal(value).view()); }

record::Got got_of(const Comparison& comparison, std::string_view got) {
  using Kind = record::Wanted::Kind;
  record::Got made = record::got_text(got);
  const Kind kind = comparison.wanted.kind;
  made.is_literal = (kind == Kind::literal || kind == Kind::at_least) && number_in(got).has_value();
  return made;
}

record::Wanted wanted_of(record::Wanted::Kind kind, const Value& value) {
  record::Wanted made = wanted(kind, value.shown());
  made.is_masked = value.is_secret();
  return made;
}

Result<Comparison> compare(const Matcher& matcher, std::string_view got, PlainString plain, const Expand& expand) {
  if (plain == PlainString::whole) return compare_with(matcher, got, plain, expand);
  return compare_with(matcher, plain_words(got), plain, expand);
}

} // namespace murphy::run
