#include "run/shared/compare.h"

#include "base/text.h"

#include <charconv>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using scenario::Matcher;

std::string shown(const Value& value) { return value.is_secret() ? value.shown() : quoted(value.shown()); }

Result<Comparison> compare_text(std::string_view got, PlainString plain, bool part, const Value& wanted) {
  Comparison result;
  const std::string_view text = wanted.reveal();
  if (!part && plain == PlainString::whole) {
    result.holds = got == text;
    result.expected = shown(wanted);
  } else if (plain == PlainString::part_in_any_case) {
    result.holds =
        fold_case(collapse_white_space(got)).find(fold_case(collapse_white_space(text))) != std::string::npos;
    result.expected = "text with " + shown(wanted);
  } else {
    // Rendered text has its white space collapsed, so what is looked for in it has, too.
    const bool rendered = plain == PlainString::part;
    result.holds = rendered ? got.find(collapse_white_space(text)) != std::string_view::npos
                            : got.find(text) != std::string_view::npos;
    result.expected = "text with " + shown(wanted);
  }
  return result;
}

} // namespace

std::string quoted(std::string_view text, std::size_t longest) {
  if (text.size() <= longest) return fmt::format("\"{}\"", text);
  return fmt::format("\"{} […] {}\" ({} bytes)", utf8_prefix(text, longest * 2 / 3), utf8_suffix(text, longest / 3),
                     text.size());
}

Result<Comparison> compare(const Matcher& matcher, std::string_view got, PlainString plain, const Expand& expand) {
  switch (matcher.kind) {
  case Matcher::Kind::equals:
  case Matcher::Kind::contains: {
    const Result<Value> wanted = expand(matcher.text);
    if (!wanted) return std::unexpected(wanted.error());
    return compare_text(got, plain, matcher.kind == Matcher::Kind::contains, *wanted);
  }
  case Matcher::Kind::matches: {
    const auto groups = matcher.regex->search(got);
    if (!groups) return std::unexpected(groups.error());
    return Comparison{!groups->empty(), fmt::format("text that matches /{}/", matcher.regex->source())};
  }
  case Matcher::Kind::not_: {
    auto inner = compare(*matcher.negated, got, plain, expand);
    if (!inner) return std::unexpected(inner.error());
    return Comparison{!inner->holds, "not " + inner->expected};
  }
  case Matcher::Kind::at_least: {
    double number = 0;
    const auto [end, error] = std::from_chars(got.data(), got.data() + got.size(), number);
    const bool is_number = error == std::errc{} && end == got.data() + got.size();
    return Comparison{is_number && number >= matcher.number, fmt::format("at least {}", matcher.number)};
  }
  }
  return Comparison{};
}

} // namespace murphy::run
