#include "scenario/matchers.h"

#include "base/text.h"
#include "scenario/alternatives.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

std::string_view wanted(Compared compared) {
  switch (compared) {
  case Compared::text: return "text or a comparison like { contains = \"…\" }";
  case Compared::number: return "a number or a comparison like { at_least = 2 }";
  case Compared::either: return "text, a number or a comparison like { contains = \"…\" }";
  }
  return {};
}

bool is_number(const Node& value) { return value.is(Node::Kind::integer) || value.is(Node::Kind::real); }

double number_of(const Node& value) {
  return value.is(Node::Kind::integer) ? static_cast<double>(value.integer) : value.real;
}

std::string digits_of(const Node& value) {
  return value.is(Node::Kind::integer) ? std::to_string(value.integer) : std::string(value.text);
}

// What a comparison is read from: its own entry, the entry it is the value of, and what may be compared there.
struct Comparison {
  const Member& member;
  const Entry& around;
  Compared compared;
};

// Nothing for a place that takes no text, which is reported.
std::optional<Matcher> text_matcher(Reading& reading, const Comparison& comparison, Matcher::Kind kind) {
  if (comparison.compared == Compared::number) {
    reading.error(comparison.member.span,
                  "\"" + std::string(comparison.around.key) + "\" is a number and contains no text",
                  "write a number, { at_least = 2 } or { not = 0 }");
    return std::nullopt;
  }
  Matcher matcher;
  matcher.kind = kind;
  return matcher;
}

std::optional<Matcher> read_contains(Reading& reading, const Comparison& comparison, Context& context) {
  std::optional<Matcher> matcher = text_matcher(reading, comparison, Matcher::Kind::contains);
  if (!matcher) return std::nullopt;
  std::optional<Text> text = reading.filled_text(entry(comparison.member, matcher_keys), context);
  if (!text) return std::nullopt;
  matcher->text = std::move(*text);
  return matcher;
}

std::optional<Matcher> read_matches(Reading& reading, const Comparison& comparison, Context&) {
  std::optional<Matcher> matcher = text_matcher(reading, comparison, Matcher::Kind::matches);
  if (!matcher) return std::nullopt;
  const Node& value = comparison.member.value;
  matcher->regex = reading.regex(entry(comparison.member, matcher_keys));
  if (!matcher->regex) return std::nullopt;
  matcher->text.source = value.text;
  matcher->text.place = reading.place(value.span);
  matcher->text.source_line = reading.source_line(value.span);
  return matcher;
}

std::optional<Matcher> read_not(Reading& reading, const Comparison& comparison, Context& context) {
  const Entry negated{comparison.around.key, entry(comparison.member, matcher_keys).example, comparison.member.value};
  std::optional<Matcher> what = read_matcher(reading, negated, comparison.compared, context);
  if (!what) return std::nullopt;
  Matcher matcher;
  matcher.kind = Matcher::Kind::not_;
  matcher.text = what->text;
  matcher.negated = std::make_shared<const Matcher>(std::move(*what));
  return matcher;
}

std::optional<Matcher> read_at_least(Reading& reading, const Comparison& comparison, Context& context) {
  const Node& value = comparison.member.value;
  if (comparison.compared == Compared::text) {
    reading.error(comparison.member.span,
                  "\"" + std::string(comparison.around.key) + "\" is text and cannot be counted",
                  "write { contains = \"…\" } or { matches = \"…\" }");
    return std::nullopt;
  }
  if (!is_number(value)) {
    reading.wrong_type(entry(comparison.member, matcher_keys), "a number");
    return std::nullopt;
  }
  Matcher matcher;
  matcher.kind = Matcher::Kind::at_least;
  matcher.number = number_of(value);
  matcher.text = reading.checked_text(value, digits_of(value), context);
  return matcher;
}

struct ComparisonRow {
  std::string_view key;
  std::string_view example;
  std::optional<Matcher> (*read)(Reading&, const Comparison&, Context&);
};

constexpr auto comparison_rows = std::to_array<ComparisonRow>({
    {"contains", R"({ contains = "Ada" })", read_contains},
    {"matches", R"({ matches = "^Welcome" })", read_matches},
    {"not", R"({ not = "Guest" })", read_not},
    {"at_least", "{ at_least = 2 }", read_at_least},
});
static_assert(are_whole(comparison_rows), "a comparison lacks its key, its example or its reader");

constexpr auto in_comparison = keys_of(comparison_rows);

std::optional<Matcher> read_comparison(Reading& reading, const Entry& around, Compared compared, Context& context) {
  const Node& table = around.value;
  if (!std::ranges::all_of(table.members, [](const Member& member) { return matcher_keys.find(member.key); })) {
    reading.check_keys(table, matcher_keys);
    return std::nullopt;
  }
  if (table.members.size() != 1) {
    reading.error(table.members.empty() ? table.span : table.members[1].span,
                  table.members.empty() ? "this comparison is empty" : "a comparison has one key, not two",
                  "write one of " + listed(matcher_keys.names()));
    return std::nullopt;
  }
  const Member& member = table.members.front();
  const auto row = std::ranges::find(comparison_rows, member.key, &ComparisonRow::key);
  return row->read(reading, {member, around, compared}, context);
}

// What is said of an element. Each part is left as it was where it cannot be read, which is reported.
struct ElementPartRow {
  std::string_view key;
  std::string_view example;
  void (*read)(Reading&, const Entry&, Context&, ElementExpectation&);
};

void read_attributes(Reading& reading, const Entry& at, Context& context, ElementExpectation& element) {
  if (!reading.expect_kind(at, Node::Kind::table, "a table of attributes")) return;
  for (const Member& attribute : at.value.members) {
    const Entry one{attribute.key, R"(attr = { href = "/help" })", attribute.value};
    std::optional<Matcher> matcher = read_matcher(reading, one, Compared::either, context);
    if (matcher) element.attributes.emplace(attribute.key, std::move(*matcher));
  }
}

constexpr auto element_rows = std::to_array<ElementPartRow>({
    {"css", R"({ css = "nav .user" })",
     [](Reading& reading, const Entry& at, Context&, ElementExpectation& element) {
       element.css = reading.selector(at).value_or("");
     }},
    {"text", R"({ css = "nav .user", text = "Ada" })",
     [](Reading& reading, const Entry& at, Context& context, ElementExpectation& element) {
       element.text = read_matcher(reading, at, Compared::text, context);
     }},
    {"count", R"({ css = "li", count = 3 })",
     [](Reading& reading, const Entry& at, Context& context, ElementExpectation& element) {
       element.count = read_matcher(reading, at, Compared::number, context);
     }},
    {"attr", R"({ css = "a.help", attr = { href = "/help" } })", read_attributes},
});
static_assert(are_whole(element_rows), "a part of an element lacks its key, its example or its reader");

constexpr auto in_element = keys_of(element_rows);

// What is said of a cookie: a flag, or what is compared.
struct CookiePartRow {
  std::string_view key;
  std::string_view example;
  std::optional<bool> CookieExpectation::* flag = nullptr;
  Boxed<Matcher> CookieExpectation::* matcher = nullptr;
  Compared compared = Compared::text;
};

constexpr auto cookie_rows = std::to_array<CookiePartRow>({
    {.key = "secure", .example = "secure = true", .flag = &CookieExpectation::secure},
    {.key = "http_only", .example = "http_only = true", .flag = &CookieExpectation::http_only},
    {.key = "same_site", .example = R"(same_site = "Lax")", .matcher = &CookieExpectation::same_site},
    {.key = "path", .example = R"(path = "/")", .matcher = &CookieExpectation::path},
    {.key = "domain", .example = R"(domain = "example.com")", .matcher = &CookieExpectation::domain},
    {.key = "session", .example = "session = true", .flag = &CookieExpectation::session},
    {.key = "max_age",
     .example = "max_age = { at_least = 3600 }",
     .matcher = &CookieExpectation::max_age,
     .compared = Compared::number},
    {.key = "value", .example = R"(value = "en")", .matcher = &CookieExpectation::value},
    {.key = "changed", .example = "changed = true", .flag = &CookieExpectation::changed},
    {.key = "unchanged", .example = "unchanged = true", .flag = &CookieExpectation::unchanged},
    {.key = "absent", .example = "absent = true", .flag = &CookieExpectation::absent},
});
static_assert(std::ranges::all_of(cookie_rows,
                                  [](const CookiePartRow& row) {
                                    return (row.flag == nullptr) != (row.matcher == nullptr);
                                  }),
              "what is said of a cookie is either a flag or compared");

constexpr auto in_cookie = keys_of(cookie_rows);

} // namespace

const Vocabulary matcher_keys{"a comparison", in_comparison};
const Vocabulary element_keys{"an element", in_element};
const Vocabulary cookie_keys{"an expected cookie", in_cookie};

std::optional<Matcher> read_matcher(Reading& reading, const Entry& entry, Compared compared, Context& context) {
  const Node& value = entry.value;
  if (value.is(Node::Kind::table)) return read_comparison(reading, entry, compared, context);
  Matcher matcher;
  if (value.is(Node::Kind::text) && compared != Compared::number) {
    matcher.text = reading.checked_text(value, value.text, context);
    return matcher;
  }
  if (is_number(value) && compared != Compared::text) {
    matcher.text = reading.checked_text(value, digits_of(value), context);
    matcher.is_number = true;
    matcher.number = number_of(value);
    return matcher;
  }
  reading.wrong_type(entry, wanted(compared));
  return std::nullopt;
}

std::optional<StatusSet> read_status(Reading& reading, const Entry& entry) {
  constexpr std::string_view wanted_status = "a number like 200, \"2xx\", or a list of them";
  StatusSet set;
  std::vector<const Node*> items;
  if (entry.value.is(Node::Kind::array)) {
    for (const Node& item : entry.value.items) items.push_back(&item);
    if (items.empty()) {
      reading.is_empty(entry);
      return std::nullopt;
    }
  } else {
    items.push_back(&entry.value);
  }
  std::vector<std::string> spelled;
  bool good = true;
  for (const Node* item : items) {
    if (item->is(Node::Kind::integer)) {
      spelled.push_back(item->text);
      if (item->integer >= 100 && item->integer <= 599) {
        const int code = static_cast<int>(item->integer);
        set.ranges.emplace_back(code, code);
        continue;
      }
      reading.error(item->span, "there is no status " + item->text, "a status is from 100 to 599");
    } else if (item->is(Node::Kind::text)) {
      const std::string text = ascii_lower(item->text);
      spelled.push_back(text);
      if (text.size() == 3 && text[0] >= '1' && text[0] <= '5' && text.ends_with("xx")) {
        const int hundred = (text[0] - '0') * 100;
        set.ranges.emplace_back(hundred, hundred + 99);
        continue;
      }
      const bool digits = !text.empty() && std::ranges::all_of(text, is_digit);
      reading.error(item->span, "\"" + item->text + "\" is not a status",
                    digits ? "write the number without quotes: " + text : "write a number like 422, or \"4xx\"");
    } else if (item->is(Node::Kind::real)) {
      reading.error(item->span, "there is no status " + item->text, "a status is from 100 to 599");
    } else {
      reading.wrong_type({entry.key, entry.example, *item}, wanted_status);
    }
    good = false;
  }
  if (!good) return std::nullopt;
  set.source = join(spelled, " or ");
  return set;
}

std::optional<ElementExpectation> read_element(Reading& reading, const Entry& around, Presence presence,
                                               Context& context) {
  ElementExpectation element;
  const Node& value = around.value;
  if (value.is(Node::Kind::text)) {
    std::optional<std::string> css = reading.selector(around);
    if (!css) return std::nullopt;
    element.css = std::move(*css);
    return element;
  }
  if (!value.is(Node::Kind::table)) {
    reading.wrong_type(around, "a CSS selector, or { css, text, count, attr }");
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  reading.check_keys(value, element_keys);
  if (!value.find("css") && !has_misspelled(value, "css", element_keys)) {
    reading.error(value.span, "this element has no \"css\"", "say which element: { css = \"nav .user\" }");
  }
  for (const Member& member : value.members) {
    const auto row = std::ranges::find(element_rows, member.key, &ElementPartRow::key);
    if (row == element_rows.end()) continue;
    if (member.key == "count" && presence == Presence::absent) {
      reading.error(member.span, "\"no_element\" takes no \"count\"", "write element with count = 0");
    } else {
      row->read(reading, entry(member, element_keys), context, element);
    }
  }
  if (reading.errors() > before) return std::nullopt;
  return element;
}

std::optional<CookieExpectation> read_cookie(Reading& reading, const Entry& around, Context& context) {
  const Node& value = around.value;
  if (!reading.expect_kind(around, Node::Kind::table, "a table of cookie attributes")) return std::nullopt;
  const std::size_t before = reading.errors();
  reading.check_keys(value, cookie_keys);
  if (value.members.empty()) {
    reading.error(value.span, "the cookie \"" + std::string(around.key) + "\" has no expectation",
                  "write { secure = true }, or { absent = false } for a cookie that must exist");
  }
  CookieExpectation cookie;
  cookie.name = around.key;
  for (const Member& member : value.members) {
    const auto row = std::ranges::find(cookie_rows, member.key, &CookiePartRow::key);
    if (row == cookie_rows.end()) continue;
    const Entry at = entry(member, cookie_keys);
    if (row->flag != nullptr)
      cookie.*row->flag = reading.boolean(at);
    else
      cookie.*row->matcher = read_matcher(reading, at, row->compared, context);
  }
  if (const Member* same_site = value.find("same_site");
      same_site && same_site->value.is(Node::Kind::text) && cookie.same_site && cookie.same_site->text.is_literal()) {
    const std::string& text = same_site->value.text;
    if (text != "Strict" && text != "Lax" && text != "None") {
      reading.error(same_site->value.span, "\"" + text + "\" is not a value of SameSite",
                    "write \"Strict\", \"Lax\" or \"None\"");
    }
  }
  if (cookie.absent == true && value.members.size() > 1) {
    reading.error(value.find("absent")->span, "a cookie with \"absent\" takes no other key",
                  "remove absent, or remove everything else");
  }
  if (cookie.changed == true && cookie.unchanged == true) {
    reading.error(value.find("unchanged")->span, "a cookie cannot be both changed and unchanged", "remove one of them");
  }
  if (reading.errors() > before) return std::nullopt;
  return cookie;
}

} // namespace murphy::scenario
