#include "scenario/captures.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

std::optional<Capture> read_capture(Reading& reading, const Member& capture) {
  const Node& table = capture.value;
  if (!reading.expect_kind({capture.key, R"(capture = { code = { css = "#code" } })", table}, Node::Kind::table,
                           "a table that says where the value is")) {
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  if (!is_name(capture.key)) {
    reading.error(capture.span, "\"" + capture.key + "\" cannot be the name of a capture",
                  "begin with a letter, and go on with letters, digits, - and _");
  } else if (is_reserved(capture.key)) {
    reading.error(capture.span, "\"" + capture.key + "\" has a meaning of its own in ${}",
                  "call the capture something else");
  }
  reading.check_keys(table, capture_keys);
  Capture result;
  result.name = capture.key;
  result.place = reading.place(capture.span);
  result.source_line = reading.source_line(capture.span);
  const Member* source = nullptr;
  for (const Member& member : table.members) {
    if (member.key == "attr" || !capture_keys.find(member.key)) continue;
    if (source) {
      reading.error(member.span,
                    "a capture has one source, but this one has both \"" + source->key + "\" and \"" + member.key +
                        "\"",
                    "make two captures of it");
      return std::nullopt;
    }
    source = &member;
  }
  const Member* attribute = table.find("attr");
  if (!source) {
    if (reading.errors() == before) {
      reading.error(capture.span, "the capture \"" + capture.key + "\" does not say where its value is",
                    attribute ? R"(write { css = "a.next", attr = "href" })"
                              : "write one of css, header, cookie, json, regex and url_query");
    }
    return std::nullopt;
  }
  if (attribute && source->key != "css") {
    reading.error(attribute->span, "\"attr\" goes with \"css\", but this capture has \"" + source->key + "\"",
                  "leave attr out");
  }
  const Entry at = entry(*source, capture_keys);
  if (source->key == "css") {
    Capture::Css css;
    if (auto selector = reading.selector(at)) css.selector = std::move(*selector);
    if (attribute) css.attribute = reading.filled_literal(entry(*attribute, capture_keys));
    result.from = std::move(css);
  } else if (source->key == "regex") {
    result.from = Capture::RegularExpression{reading.regex(at)};
  } else if (source->key == "json") {
    result.from = Capture::Json{reading.json_pointer(at).value_or("")};
  } else {
    std::string name = reading.filled_literal(at).value_or("");
    if (source->key == "header") {
      result.from = Capture::Header{std::move(name)};
    } else if (source->key == "cookie") {
      result.from = Capture::Cookie{std::move(name)};
    } else {
      result.from = Capture::UrlQuery{std::move(name)};
    }
  }
  if (reading.errors() > before) return std::nullopt;
  return result;
}

} // namespace

std::vector<Capture> read_captures(Reading& reading, const Entry& around) {
  std::vector<Capture> captures;
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a source for each name")) return captures;
  if (around.value.members.empty()) reading.is_empty(around);
  for (const Member& member : around.value.members) {
    if (std::optional<Capture> capture = read_capture(reading, member)) captures.push_back(std::move(*capture));
  }
  return captures;
}

} // namespace murphy::scenario
