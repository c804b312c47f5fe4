#include "scenario/matchers.h"

#include "base/text.h"

#include <algorithm>

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
  return value.is(Node::Kind::integer) ? std::to_string(value.integer) : value.text;
}

std::optional<Matcher> read_comparison(Reading& reading, const Entry& around, Compared compared, Context& context) {
  const Node& table = around.value;
  if (!std::ranges::all_of(table.members, [](const Member& member) { return matcher_keys.find(member.key); })) {
    reading.check_keys(table, matcher_keys);
    return std::nullopt;
  }
  if (table.members.size() != 1) {
    reading.error(table.members.empty() ? table.span : table.members[1].span,
                  table.members.empty() ? "this comparison is empty" : "a comparison says one thing, not two",
                  "write one of contains, matches, not and at_least");
    return std::nullopt;
  }
  const Member& member = table.members.front();
  const Entry inner = entry(member, matcher_keys);
  Matcher matcher;
  if (member.key == "not") {
    matcher.kind = Matcher::Kind::not_;
    const Entry negated{around.key, inner.example, member.value};
    std::optional<Matcher> what = read_matcher(reading, negated, compared, context);
    if (!what) return std::nullopt;
    matcher.text = what->text;
    matcher.negated = std::make_shared<const Matcher>(std::move(*what));
    return matcher;
  }
  if (member.key == "at_least") {
    if (compared == Compared::text) {
      reading.error(member.span, "\"" + std::string(around.key) + "\" is text and cannot be counted",
                    "write { contains = \"…\" } or { matches = \"…\" }");
      return std::nullopt;
    }
    if (!is_number(member.value)) {
      reading.wrong_type(inner, "a number");
      return std::nullopt;
    }
    matcher.kind = Matcher::Kind::at_least;
    matcher.number = number_of(member.value);
    matcher.text = reading.checked_text(member.value, digits_of(member.value), context);
    return matcher;
  }
  if (compared == Compared::number) {
    reading.error(member.span, "\"" + std::string(around.key) + "\" is a number and holds no text",
                  "write a number, { at_least = 2 } or { not = 0 }");
    return std::nullopt;
  }
  if (member.key == "contains") {
    matcher.kind = Matcher::Kind::contains;
    std::optional<Text> text = reading.filled_text(inner, context);
    if (!text) return std::nullopt;
    matcher.text = std::move(*text);
    return matcher;
  }
  matcher.kind = Matcher::Kind::matches;
  matcher.regex = reading.regex(inner);
  if (!matcher.regex) return std::nullopt;
  matcher.text.source = member.value.text;
  matcher.text.place = reading.place(member.value.span);
  matcher.text.source_line = reading.source_line(member.value.span);
  matcher.text.parts = {{false, member.value.text}};
  return matcher;
}

} // namespace

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
      const bool digits = !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
      reading.error(item->span, "\"" + item->text + "\" is not a status",
                    digits ? "write the number without quotes: " + text : "write a number like 422, or \"4xx\"");
    } else {
      reading.wrong_type({entry.key, entry.example, *item}, wanted_status);
    }
    good = false;
  }
  if (!good) return std::nullopt;
  set.source = join(spelled, " or ");
  return set;
}

std::optional<JsonScalar> read_json_value(Reading& reading, const Entry& entry, Context& context) {
  const Node& value = entry.value;
  switch (value.kind) {
  case Node::Kind::boolean: return value.boolean;
  case Node::Kind::integer: return value.integer;
  case Node::Kind::real: return value.real;
  case Node::Kind::array:
    reading.error(value.span, "a list is compared item by item",
                  "write a pointer for each: \"" + std::string(entry.key) + "/0\" = …");
    return std::nullopt;
  case Node::Kind::date:
    reading.error(value.span, "JSON has no dates", "write it as text, in quotes");
    return std::nullopt;
  case Node::Kind::table:
  case Node::Kind::text: break;
  }
  std::optional<Matcher> matcher = read_matcher(reading, entry, Compared::either, context);
  if (!matcher) return std::nullopt;
  return std::move(*matcher);
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
    const Entry inner = entry(member, element_keys);
    if (member.key == "css") {
      if (std::optional<std::string> css = reading.selector(inner)) element.css = std::move(*css);
    } else if (member.key == "text") {
      element.text = read_matcher(reading, inner, Compared::text, context);
    } else if (member.key == "count" && presence == Presence::absent) {
      reading.error(member.span, "an element that is not there cannot be counted", "write element with count = 0");
    } else if (member.key == "count") {
      element.count = read_matcher(reading, inner, Compared::number, context);
    } else if (member.key == "attr" && reading.expect_kind(inner, Node::Kind::table, "a table of attributes")) {
      for (const Member& attribute : member.value.members) {
        const Entry one{attribute.key, R"(attr = { href = "/help" })", attribute.value};
        std::optional<Matcher> matcher = read_matcher(reading, one, Compared::either, context);
        if (matcher) element.attributes.emplace(attribute.key, std::move(*matcher));
      }
    }
  }
  if (reading.errors() > before) return std::nullopt;
  return element;
}

std::optional<CookieExpectation> read_cookie(Reading& reading, const Entry& around, Context& context) {
  const Node& value = around.value;
  if (!reading.expect_kind(around, Node::Kind::table, "a table of what is said of the cookie")) return std::nullopt;
  const std::size_t before = reading.errors();
  reading.check_keys(value, cookie_keys);
  if (value.members.empty()) {
    reading.error(value.span, "nothing is said of the cookie \"" + std::string(around.key) + "\"",
                  "write { secure = true }, or { absent = false } for a cookie that has to be there");
  }
  CookieExpectation cookie;
  cookie.name = around.key;
  const std::pair<std::string_view, std::optional<bool>*> flags[] = {
      {"secure", &cookie.secure},   {"http_only", &cookie.http_only}, {"session", &cookie.session},
      {"changed", &cookie.changed}, {"unchanged", &cookie.unchanged}, {"absent", &cookie.absent}};
  const std::pair<std::string_view, std::optional<Matcher>*> texts[] = {
      {"same_site", &cookie.same_site}, {"path", &cookie.path}, {"domain", &cookie.domain}, {"value", &cookie.value}};
  for (const Member& member : value.members) {
    const Entry inner = entry(member, cookie_keys);
    for (const auto& [name, flag] : flags) {
      if (member.key == name) *flag = reading.boolean(inner);
    }
    for (const auto& [name, text] : texts) {
      if (member.key == name) *text = read_matcher(reading, inner, Compared::text, context);
    }
    if (member.key == "max_age") cookie.max_age = read_matcher(reading, inner, Compared::number, context);
  }
  if (const Member* same_site = value.find("same_site");
      same_site && same_site->value.is(Node::Kind::text) && cookie.same_site && cookie.same_site->text.is_literal()) {
    const std::string& text = same_site->value.text;
    if (text != "Strict" && text != "Lax" && text != "None") {
      reading.error(same_site->value.span, "\"" + text + "\" is no value of SameSite",
                    "write \"Strict\", \"Lax\" or \"None\"");
    }
  }
  if (cookie.absent == true && value.members.size() > 1) {
    reading.error(value.find("absent")->span, "nothing more can be said of a cookie that is not there",
                  "leave absent out, or everything else");
  }
  if (cookie.changed == true && cookie.unchanged == true) {
    reading.error(value.find("unchanged")->span, "a cookie cannot be both changed and unchanged",
                  "leave one of them out");
  }
  if (reading.errors() > before) return std::nullopt;
  return cookie;
}

} // namespace murphy::scenario
