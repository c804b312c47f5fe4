#include "base/make_error.h"
#include "base/nearest.h"
#include "base/text.h"
#include "web/selector/selector_model.h"

#include <cstdint>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <utility>

namespace murphy::web {
namespace {

// Attributes whose values are compared without case in HTML (WHATWG HTML, 4.16.2, "case-sensitivity of selectors").
constexpr std::array<std::string_view, 46> caseless_attributes = {
    "accept",   "accept-charset", "align",    "alink",      "axis",   "bgcolor",  "charset",   "checked",  "clear",
    "codetype", "color",          "compact",  "declare",    "defer",  "dir",      "direction", "disabled", "enctype",
    "face",     "frame",          "hreflang", "http-equiv", "lang",   "language", "link",      "media",    "method",
    "multiple", "nohref",         "noresize", "noshade",    "nowrap", "readonly", "rel",       "rev",      "rules",
    "scope",    "scrolling",      "selected", "shape",      "target", "text",     "type",      "valign",   "valuetype",
    "vlink"};
static_assert(std::ranges::is_sorted(caseless_attributes));

// Pseudo-classes without an argument.
const std::array<std::pair<std::string_view, SimpleSelector>, 13> plain_pseudo_classes = {{
    {"root", State::root},
    {"empty", State::empty},
    {"checked", State::checked},
    {"disabled", State::disabled},
    {"enabled", State::enabled},
    {"link", State::link},
    {"any-link", State::link},
    {"first-child", NthSelector{.b = 1}},
    {"last-child", NthSelector{.b = 1, .from_end = true}},
    {"only-child", OnlySelector{}},
    {"first-of-type", NthSelector{.b = 1, .of_type = true}},
    {"last-of-type", NthSelector{.b = 1, .from_end = true, .of_type = true}},
    {"only-of-type", OnlySelector{.of_type = true}},
}};

const std::array<std::pair<std::string_view, NthSelector>, 4> nth_pseudo_classes = {{
    {"nth-child", {}},
    {"nth-last-child", {.from_end = true}},
    {"nth-of-type", {.of_type = true}},
    {"nth-last-of-type", {.from_end = true, .of_type = true}},
}};

// What a person does to a page, of which a page that was only read knows nothing.
constexpr std::array<std::string_view, 6> of_interaction = {"active",        "focus",  "hover",
                                                            "indeterminate", "target", "visited"};
constexpr std::array<std::string_view, 4> pseudo_elements = {"after", "before", "first-letter", "first-line"};

constexpr bool starts_identifier(char c) {
  return is_letter(c) || c == '_' || c == '\\' || static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
public:
  explicit Parser(std::string_view source) : source_(source) {}
  Result<Selector::List> run();

private:
  bool done() const { return position_ >= source_.size(); }
  char peek(std::size_t ahead = 0) const {
    return position_ + ahead < source_.size() ? source_[position_ + ahead] : '\0';
  }
  bool take(char c);
  bool skip_white_space();
  bool at_identifier() const;
  std::string what_is_there() const;
  std::unexpected<Error> fail(std::string_view what, std::string hint = {}, std::optional<std::size_t> at = {}) const;

  Result<Complex> complex();
  Result<Compound> compound();
  Result<SimpleSelector> simple();
  Result<SimpleSelector> attribute();
  Result<SimpleSelector> pseudo();
  Result<SimpleSelector> function(const std::string& name, std::size_t begin);
  Result<SimpleSelector> negation();
  Result<NthSelector> nth(NthSelector selector);
  Result<std::string> identifier(std::string_view of_what);
  Result<std::string> string();
  Result<void> close(std::string_view what);
  void escape(std::string& into);

  std::string_view source_;
  std::size_t position_ = 0;
  static constexpr int deepest = 20;
  int depth_ = 0; // of the :not() that is read
};

std::unexpected<Error> Parser::fail(std::string_view what, std::string hint, std::optional<std::size_t> at) const {
  const std::size_t character = count_code_points(source_.substr(0, at.value_or(position_))) + 1;
  return std::unexpected(usage_error(
      fmt::format("{}, at character {} of the selector {}", what, character, one_line(source_)), std::move(hint)));
}

std::string Parser::what_is_there() const {
  if (done()) return "the end";
  std::string_view rest = source_.substr(position_);
  const std::string_view before = rest;
  next_code_point(rest);
  return fmt::format("\"{}\"", before.substr(0, before.size() - rest.size()));
}

bool Parser::take(char c) {
  if (done() || source_[position_] != c) return false;
  ++position_;
  return true;
}

bool Parser::skip_white_space() {
  const std::size_t begin = position_;
  while (!done() && is_white_space(source_[position_])) ++position_;
  return position_ != begin;
}

bool Parser::at_identifier() const {
  if (peek() == '-') return starts_identifier(peek(1)) || peek(1) == '-';
  return starts_identifier(peek());
}

// `position_` is behind the backslash (CSS Syntax, "consume an escaped code point").
void Parser::escape(std::string& into) {
  if (done()) return append_utf8(into, 0xfffd);
  if (!is_hex_digit(peek())) {
    std::string_view rest = source_.substr(position_);
    const std::size_t before = rest.size();
    append_utf8(into, next_code_point(rest));
    position_ += before - rest.size();
    return;
  }
  std::size_t digits = 0;
  while (digits < 6 && is_hex_digit(peek(digits))) ++digits;
  std::uint32_t code_point = 0;
  std::from_chars(source_.data() + position_, source_.data() + position_ + digits, code_point, 16);
  append_utf8(into, code_point == 0 ? 0xfffd : static_cast<char32_t>(code_point));
  position_ += digits;
  if (is_white_space(peek())) ++position_;
}

Result<std::string> Parser::identifier(std::string_view of_what) {
  if (!at_identifier())
    return fail(fmt::format("{} is not a name for {}", what_is_there(), of_what),
                "names begin with a letter, _ or an escape such as \\31");
  std::string name;
  while (!done()) {
    const char c = peek();
    if (c == '\\') {
      ++position_;
      escape(name);
    } else if (starts_identifier(c) || c == '-' || is_digit(c)) {
      name += c;
      ++position_;
    } else
      break;
  }
  return name;
}

// `position_` is at the opening quote.
Result<std::string> Parser::string() {
  const std::size_t begin = position_;
  const char quote = source_[position_++];
  std::string text;
  while (!done()) {
    const char c = source_[position_++];
    if (c == quote) return text;
    if (c == '\\' && (peek() == '\n' || peek() == '\r' || peek() == '\f'))
      ++position_;
    else if (c == '\\')
      escape(text);
    else
      text += c;
  }
  return fail("the string is never closed", fmt::format("end it with {}", quote), begin);
}

Result<void> Parser::close(std::string_view what) {
  skip_white_space();
  if (!take(')')) return fail(fmt::format("found {} instead of the \")\" of {}", what_is_there(), what));
  return {};
}

// [name], [name=value], [name="value" i]; `position_` is behind the "[".
Result<SimpleSelector> Parser::attribute() {
  using enum AttributeSelector::Operator;
  AttributeSelector selector;
  skip_white_space();
  auto name = identifier("an attribute");
  if (!name) return std::unexpected(std::move(name.error()));
  selector.name = ascii_lower(*name);
  skip_white_space();
  if (take(']')) return selector;
  static constexpr std::array<std::pair<char, AttributeSelector::Operator>, 5> operators = {
      {{'~', includes}, {'|', dash}, {'^', prefix}, {'$', suffix}, {'*', substring}}};
  selector.operation = equals;
  for (const auto& [sign, operation] : operators) {
    if (peek() == sign && peek(1) == '=') {
      selector.operation = operation;
      ++position_;
    }
  }
  if (!take('='))
    return fail(fmt::format("{} is not an attribute operator", what_is_there()), "use = ~= |= ^= $= *=, and ] to end");
  skip_white_space();
  const bool quoted = peek() == '"' || peek() == '\'';
  auto value = quoted ? string() : identifier("an attribute value");
  if (!value) {
    if (!quoted) value.error().hint = "put the value in quotes: [name=\"value\"]";
    return std::unexpected(std::move(value.error()));
  }
  selector.value = std::move(*value);
  selector.ignore_case = std::ranges::binary_search(caseless_attributes, std::string_view(selector.name));
  skip_white_space();
  if (take('i') || take('I'))
    selector.ignore_case = true;
  else if (take('s') || take('S'))
    selector.ignore_case = false;
  skip_white_space();
  if (!take(']')) return fail(fmt::format("found {} instead of the ] of the attribute", what_is_there()));
  return selector;
}

// an+b, odd, even, and the closing parenthesis (CSS Syntax, "the An+B microsyntax").
Result<NthSelector> Parser::nth(NthSelector selector) {
  skip_white_space();
  const std::size_t begin = position_;
  const std::size_t end = std::min(source_.find(')', begin), source_.size());
  const std::string text = ascii_lower(trim(source_.substr(begin, end - begin)));
  const auto wrong = [&] {
    return fail(fmt::format("\"{}\" is not of the form an+b", text), "write for example 2, 2n+1, -n+3, odd or even",
                begin);
  };
  // A signed integer of at most 9 digits from `at` on; none when there is none.
  const auto integer = [&](std::string_view digits) -> std::optional<std::int64_t> {
    const bool negative = digits.starts_with('-');
    if (negative || digits.starts_with('+')) digits.remove_prefix(1);
    std::int64_t number = 0;
    if (digits.empty() || digits.size() > 9 || !std::ranges::all_of(digits, is_digit)) return std::nullopt;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return negative ? -number : number;
  };
  position_ = end;
  if (text == "odd" || text == "even") {
    selector.a = 2;
    selector.b = text == "odd" ? 1 : 0;
  } else if (const std::size_t n = text.find('n'); n == std::string::npos) {
    const auto number = integer(text);
    if (!number) return wrong();
    selector.b = *number;
  } else {
    const std::string_view factor = std::string_view(text).substr(0, n);
    const auto a = factor.empty() || factor == "+" ? 1 : factor == "-" ? -1 : integer(factor);
    if (!a) return wrong();
    selector.a = *a;
    std::string_view rest = trim(std::string_view(text).substr(n + 1));
    if (!rest.empty()) {
      if (rest.front() != '+' && rest.front() != '-') return wrong();
      const std::string_view digits = trim(rest.substr(1));
      const auto b = integer(digits);
      if (!b || !is_digit(digits.front())) return wrong();
      selector.b = rest.front() == '-' ? -*b : *b;
    }
  }
  if (auto closed = close("the pseudo-class"); !closed) return std::unexpected(std::move(closed.error()));
  return selector;
}

// The list inside :not(…).
Result<SimpleSelector> Parser::negation() {
  NotSelector selector;
  do {
    skip_white_space();
    auto inner = compound();
    if (!inner) return std::unexpected(std::move(inner.error()));
    selector.compounds.push_back(std::move(*inner));
    skip_white_space();
  } while (take(','));
  if (peek() == '>' || peek() == '+' || peek() == '~' || at_identifier() || peek() == '.' || peek() == '#') {
    return fail(":not() takes no combinators", "write the ancestors or siblings outside of it");
  }
  if (auto closed = close(":not"); !closed) return std::unexpected(std::move(closed.error()));
  return selector;
}

// A pseudo-class with an argument; `position_` is behind the "(", `begin` at its colon.
Result<SimpleSelector> Parser::function(const std::string& name, std::size_t begin) {
  if (name == "not") {
    if (depth_ == deepest)
      return fail(fmt::format(":not() is nested more than {} deep", deepest), "reduce the nesting", begin);
    ++depth_;
    auto read = negation();
    --depth_;
    return read;
  }
  for (const auto& [known, selector] : nth_pseudo_classes) {
    if (name == known) return nth(selector);
  }
  skip_white_space();
  const bool quoted = peek() == '"' || peek() == '\'';
  if (name == "lang") {
    auto range = quoted ? string() : identifier("a language");
    if (!range) return std::unexpected(std::move(range.error()));
    if (auto closed = close(":lang"); !closed) return std::unexpected(std::move(closed.error()));
    return LangSelector{ascii_lower(*range)};
  }
  if (name == "has-text") {
    if (!quoted) return fail(":has-text() needs its words in quotes", "write :has-text(\"words\")");
    auto words = string();
    if (!words) return std::unexpected(std::move(words.error()));
    if (auto closed = close(":has-text"); !closed) return std::unexpected(std::move(closed.error()));
    return HasTextSelector{fold_case(collapse_white_space(*words))};
  }
  std::vector<std::string> known = {"not", "lang", "has-text"};
  for (const auto& [other, selector] : nth_pseudo_classes) known.emplace_back(other);
  std::string hint = did_you_mean(name, known);
  if (hint.empty()) hint = "with an argument there are :" + join(known, "(), :") + "()";
  return fail(fmt::format(":{}() is not a supported pseudo-class", visible(name)), std::move(hint), begin);
}

// `position_` is behind the first colon.
Result<SimpleSelector> Parser::pseudo() {
  const std::size_t begin = position_ - 1;
  const bool double_colon = take(':');
  auto read = identifier("a pseudo-class");
  if (!read) return std::unexpected(std::move(read.error()));
  const std::string name = ascii_lower(*read);
  if (double_colon || std::ranges::find(pseudo_elements, name) != pseudo_elements.end()) {
    return fail(fmt::format("::{} is a pseudo-element, which is not an element of the page", visible(name)),
                "select the element it belongs to", begin);
  }
  if (take('(')) return function(name, begin);
  for (const auto& [known, selector] : plain_pseudo_classes) {
    if (name == known) return selector;
  }
  if (std::ranges::find(of_interaction, name) != of_interaction.end()) {
    return fail(fmt::format(":{} depends on what a person does with the page", name),
                "select by attribute or class instead", begin);
  }
  std::vector<std::string> known = {"not", "lang", "has-text"};
  for (const auto& [other, selector] : plain_pseudo_classes) known.emplace_back(other);
  for (const auto& [other, selector] : nth_pseudo_classes) known.emplace_back(other);
  if (std::ranges::find(known, name) != known.end()) {
    return fail(fmt::format(":{} needs an argument in parentheses", name), {}, begin);
  }
  std::string hint = did_you_mean(name, known);
  if (hint.empty()) hint = "supported are :" + join(known, ", :");
  return fail(fmt::format(":{} is not a supported pseudo-class", visible(name)), std::move(hint), begin);
}

Result<SimpleSelector> Parser::simple() {
  if (take('#')) {
    auto id = identifier("an id");
    if (!id) return std::unexpected(std::move(id.error()));
    return IdSelector{std::move(*id)};
  }
  if (take('.')) {
    auto name = identifier("a class");
    if (!name) return std::unexpected(std::move(name.error()));
    return ClassSelector{std::move(*name)};
  }
  if (take('[')) return attribute();
  ++position_;
  return pseudo();
}

Result<Compound> Parser::compound() {
  Compound result;
  const std::size_t begin = position_;
  bool any = false;
  if (take('*'))
    any = true;
  else if (at_identifier()) {
    auto tag = identifier("an element");
    if (!tag) return std::unexpected(std::move(tag.error()));
    result.parts.emplace_back(TypeSelector{ascii_lower(*tag)});
    any = true;
  }
  if (peek() == '|') return fail("namespaces are not supported", "remove the part before the |", begin);
  while (peek() == '#' || peek() == '.' || peek() == '[' || peek() == ':') {
    auto part = simple();
    if (!part) return std::unexpected(std::move(part.error()));
    result.parts.push_back(std::move(*part));
    any = true;
  }
  if (!any)
    return fail(fmt::format("found {} instead of a selector", what_is_there()),
                done() ? std::string()
                       : "a selector begins with an element, #id, .class, [attribute] or :pseudo-class");
  return result;
}

Result<Complex> Parser::complex() {
  Complex result;
  for (;;) {
    skip_white_space();
    auto next = compound();
    if (!next) return std::unexpected(std::move(next.error()));
    result.compounds.push_back(std::move(*next));
    const bool space = skip_white_space();
    if (done() || peek() == ',') return result;
    if (take('>'))
      result.combinators.push_back(Combinator::child);
    else if (take('+'))
      result.combinators.push_back(Combinator::next_sibling);
    else if (take('~'))
      result.combinators.push_back(Combinator::subsequent_sibling);
    else if (space)
      result.combinators.push_back(Combinator::descendant);
    else
      return fail(fmt::format("{} is not allowed here", what_is_there()));
  }
}

Result<Selector::List> Parser::run() {
  Selector::List list;
  do {
    auto selector = complex();
    if (!selector) return std::unexpected(std::move(selector.error()));
    list.selectors.push_back(std::move(*selector));
  } while (take(','));
  return list;
}

} // namespace

Result<Selector::List> parse_selector(std::string_view source) { return Parser(source).run(); }

} // namespace murphy::web
