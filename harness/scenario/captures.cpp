#include "scenario/captures.h"

#include "base/nearest.h"
#include "scenario/alternatives.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

// The readers: each gets the source's own entry and the capture around it, and gives nothing when it has reported an
// error.

std::optional<Capture::Css> captured_element(Reading& reading, const Member& source, const Node& capture) {
  std::optional<std::string> selector = reading.selector(entry(source, capture_keys));
  std::optional<std::string> name;
  const Member* attribute = capture.find("attr");
  if (attribute) name = reading.filled_literal(entry(*attribute, capture_keys));
  if (!selector || (attribute && !name)) return std::nullopt;
  return Capture::Css{std::move(*selector), std::move(name)};
}

// What goes by a name: Capture::Header and others.
template <class Named> std::optional<Named> captured_by_name(Reading& reading, const Member& source, const Node&) {
  std::optional<std::string> name = reading.filled_literal(entry(source, capture_keys));
  if (!name) return std::nullopt;
  return Named{std::move(*name)};
}

std::optional<Capture::Json> captured_json(Reading& reading, const Member& source, const Node&) {
  std::optional<std::string> pointer = reading.json_pointer(entry(source, capture_keys));
  if (!pointer) return std::nullopt;
  return Capture::Json{std::move(*pointer)};
}

std::optional<Capture::Address> captured_address(Reading& reading, const Member& source, const Node&) {
  const std::optional<bool> value = reading.boolean(entry(source, capture_keys));
  if (!value) return std::nullopt;
  if (*value) return Capture::Address{};
  reading.error(source.value.span, "\"url\" can only be true", "leave url out");
  return std::nullopt;
}

struct SourceRow {
  std::string_view key;
  std::string_view example;
  std::size_t alternative = std::variant_npos; // of Capture::From
  std::optional<Capture::From> (*read)(Reading&, const Member& source, const Node& capture) = nullptr;
};

// The row of the source that `reader` reads.
template <auto reader> constexpr SourceRow source_row(SourceRow row) {
  row.alternative = ReadAs<Capture::From, reader>::index;
  row.read = &ReadAs<Capture::From, reader>::read;
  return row;
}

constexpr auto source_rows = std::to_array<SourceRow>({
    source_row<captured_element>({.key = "css", .example = R"({ css = "#code" })"}),
    source_row<captured_by_name<Capture::Header>>({.key = "header", .example = R"({ header = "Location" })"}),
    source_row<captured_by_name<Capture::Cookie>>({.key = "cookie", .example = R"({ cookie = "sid" })"}),
    source_row<captured_json>({.key = "json", .example = R"({ json = "/token" })"}),
    source_row<captured_address>({.key = "url", .example = R"({ url = true, regex = '/orders/(\d+)' })"}),
});
static_assert(are_whole(source_rows), "a source lacks its key, its example or its reader, or has the key of another");
static_assert(each_has_one_row<Capture::From>(source_rows),
              "every source of a capture in scenario/model.h has one row in source_rows");

// What part of the source's text it is. Reads nothing where there is an error, which is reported.
struct PartRow {
  std::string_view key;
  std::string_view example;
  bool stands_alone = false; // it has a source of its own: the final address, the page's source
  void (*read)(Reading&, const Member&, Capture&) = nullptr;
};

template <Capture::Parameter::Of of> void read_parameter(Reading& reading, const Member& member, Capture& capture) {
  std::optional<std::string> name = reading.filled_literal(entry(member, capture_keys));
  if (!name) return;
  if (capture.parameter) {
    reading.error(member.span, "a capture is one parameter, but this one has both \"url_query\" and \"url_fragment\"",
                  "split it into two captures");
    return;
  }
  capture.parameter = Capture::Parameter{of, std::move(*name)};
}

struct DecodingRow {
  std::string_view name;
  Capture::Decoding decoding;
};
constexpr auto decodings = std::to_array<DecodingRow>({
    {"url", Capture::Decoding::url},
    {"base64", Capture::Decoding::base64},
    {"html", Capture::Decoding::html},
    {"json", Capture::Decoding::json},
});

void read_decode(Reading& reading, const Member& member, Capture& capture) {
  const Entry at = entry(member, capture_keys);
  std::vector<const Node*> items{&member.value};
  if (member.value.is(Node::Kind::array)) {
    items.clear();
    for (const Node& item : member.value.items) items.push_back(&item);
    if (items.empty()) reading.is_empty(at);
  }
  std::vector<std::string> names;
  for (const DecodingRow& row : decodings) names.emplace_back(row.name);
  for (const Node* item : items) {
    const std::optional<std::string> name = reading.filled_literal({at.key, at.example, *item});
    if (!name) continue;
    const auto row = std::ranges::find(decodings, *name, &DecodingRow::name);
    if (row != decodings.end()) {
      capture.decode.push_back(row->decoding);
      continue;
    }
    std::string hint = did_you_mean(*name, names);
    reading.error(item->span, "there is no decoding \"" + *name + "\"",
                  hint.empty() ? "write one of " + listed(names) : std::move(hint));
  }
}

constexpr auto part_rows = std::to_array<PartRow>({
    {.key = "url_query",
     .example = R"({ url_query = "token" })",
     .stands_alone = true,
     .read = read_parameter<Capture::Parameter::Of::query>},
    {.key = "url_fragment",
     .example = R"({ url_fragment = "access_token" })",
     .stands_alone = true,
     .read = read_parameter<Capture::Parameter::Of::fragment>},
    {.key = "regex",
     .example = R"({ regex = 'code: (\d+)' })",
     .stands_alone = true,
     .read = [](Reading& reading, const Member& member,
                Capture& capture) { capture.regex = reading.regex(entry(member, capture_keys)); }},
    {.key = "decode", .example = R"({ cookie = "XSRF-TOKEN", decode = "url" })", .read = read_decode},
});
static_assert(are_whole(part_rows), "a part of a capture lacks its key, its example or its reader");

constexpr Key attribute_of_element{"attr", R"({ css = "a.next", attr = "href" })"};

constexpr auto in_capture = [] {
  std::array<Key, source_rows.size() + part_rows.size() + 1> keys{};
  auto next = keys.begin();
  for (const SourceRow& row : source_rows) *next++ = {row.key, row.example};
  *next++ = attribute_of_element;
  for (const PartRow& row : part_rows) *next++ = {row.key, row.example};
  return keys;
}();

const SourceRow* find_source(std::string_view key) {
  const auto row = std::ranges::find(source_rows, key, &SourceRow::key);
  return row == source_rows.end() ? nullptr : &*row;
}

void report_no_source(Reading& reading, const Member& capture) {
  std::vector<std::string> names;
  for (const SourceRow& row : source_rows) names.emplace_back(row.key);
  for (const PartRow& row : part_rows)
    if (row.stands_alone) names.emplace_back(row.key);
  std::string hint = "write one of " + listed(names);
  for (const Key& key : in_capture)
    if (capture.value.find(key.name)) hint = "write " + std::string(key.example);
  reading.error(capture.span, "the capture \"" + capture.key + "\" has no source", std::move(hint));
}

// The one source of a capture; null when there is none, or several, which is reported.
const Member* find_source(Reading& reading, const Node& table) {
  const Member* source = nullptr;
  for (const Member& member : table.members) {
    if (!find_source(member.key)) continue;
    if (source) {
      reading.error(member.span,
                    "a capture has one source, but this one has both \"" + source->key + "\" and \"" + member.key +
                        "\"",
                    "split it into two captures");
      return nullptr;
    }
    source = &member;
  }
  return source;
}

// `from` is what the capture reads: its source, or a part that stands alone.
void check_attribute(Reading& reading, const Node& table, const Member& from) {
  const Member* attribute = table.find(attribute_of_element.name);
  if (attribute && from.key != "css")
    reading.error(attribute->span, "\"attr\" goes with \"css\", but this capture has \"" + from.key + "\"",
                  "leave attr out");
}

std::optional<Capture> read_capture(Reading& reading, const Member& capture) {
  const Node& table = capture.value;
  if (!reading.expect_kind({capture.key, R"(capture = { code = { css = "#code" } })", table}, Node::Kind::table,
                           "a table with the source of the value")) {
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  if (!is_name(capture.key)) {
    reading.error(capture.span, "\"" + capture.key + "\" cannot be the name of a capture",
                  "start with a letter, then use letters, digits, - and _");
  } else if (is_reserved(capture.key)) {
    reading.error(capture.span, "\"" + capture.key + "\" is reserved in ${}", "rename the capture");
  }
  reading.check_keys(table, capture_keys);
  Capture made{.name = capture.key,
               .place = reading.place(capture.span),
               .source_line = reading.source_line(capture.span),
               .from = {},
               .parameter = {},
               .regex = {},
               .decode = {}};
  const Member* alone = nullptr; // a part that needs no source
  for (const Member& member : table.members) {
    const auto row = std::ranges::find(part_rows, member.key, &PartRow::key);
    if (row == part_rows.end()) continue;
    row->read(reading, member, made);
    if (alone == nullptr && row->stands_alone) alone = &member;
  }
  if (const Member* source = find_source(reading, table)) {
    check_attribute(reading, table, *source);
    made.from = find_source(source->key)->read(reading, *source, table);
  } else {
    if (alone != nullptr) check_attribute(reading, table, *alone);
    if (made.parameter) made.from = Capture::Address{};
  }
  if (reading.errors() > before) return std::nullopt;
  if (made.from || alone != nullptr) return made;
  report_no_source(reading, capture);
  return std::nullopt;
}

} // namespace

const Vocabulary capture_keys{"a capture", in_capture};

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
