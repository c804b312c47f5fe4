#include "scenario/captures.h"

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

std::optional<Capture::RegularExpression> captured_match(Reading& reading, const Member& source, const Node&) {
  std::shared_ptr<const Regex> regex = reading.regex(entry(source, capture_keys));
  if (!regex) return std::nullopt;
  return Capture::RegularExpression{std::move(regex)};
}

struct SourceRow {
  std::string_view key;
  std::string_view example;
  std::string_view takes{};                    // the modifier that goes with it; may be empty
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
    source_row<captured_element>({.key = "css", .example = R"({ css = "#code" })", .takes = "attr"}),
    source_row<captured_by_name<Capture::Header>>({.key = "header", .example = R"({ header = "Location" })"}),
    source_row<captured_by_name<Capture::Cookie>>({.key = "cookie", .example = R"({ cookie = "sid" })"}),
    source_row<captured_json>({.key = "json", .example = R"({ json = "/token" })"}),
    source_row<captured_match>({.key = "regex", .example = R"({ regex = 'code: (\d+)' })"}),
    source_row<captured_by_name<Capture::UrlQuery>>({.key = "url_query", .example = R"({ url_query = "token" })"}),
});
static_assert(are_whole(source_rows), "a source lacks its key, its example or its reader, or has the key of another");
static_assert(each_has_one_row<Capture::From>(source_rows),
              "every source of a capture in scenario/model.h has one row in source_rows");

constexpr auto modifiers_of_sources = std::to_array<Key>({{"attr", R"({ css = "a.next", attr = "href" })"}});
static_assert(std::ranges::all_of(modifiers_of_sources,
                                  [](const Key& modifier) {
                                    return std::ranges::find(source_rows, modifier.name, &SourceRow::takes) !=
                                           source_rows.end();
                                  }),
              "every modifier goes with one of the sources");

constexpr auto in_capture = [] {
  std::array<Key, source_rows.size() + modifiers_of_sources.size()> keys{};
  auto next = keys.begin();
  for (const SourceRow& row : source_rows) *next++ = {row.key, row.example};
  std::ranges::copy(modifiers_of_sources, next);
  return keys;
}();

const SourceRow* find_source(std::string_view key) {
  const auto row = std::ranges::find(source_rows, key, &SourceRow::key);
  return row == source_rows.end() ? nullptr : &*row;
}

void report_no_source(Reading& reading, const Member& capture) {
  std::vector<std::string> names;
  for (const SourceRow& row : source_rows) names.emplace_back(row.key);
  std::string hint = "write one of " + listed(names);
  for (const Key& modifier : modifiers_of_sources) {
    if (capture.value.find(modifier.name)) hint = "write " + std::string(modifier.example);
  }
  reading.error(capture.span, "the capture \"" + capture.key + "\" has no source", std::move(hint));
}

void check_modifiers(Reading& reading, const Node& table, const SourceRow& source) {
  for (const Key& modifier : modifiers_of_sources) {
    const Member* member = table.find(modifier.name);
    if (!member || modifier.name == source.takes) continue;
    const std::string name(modifier.name);
    const auto taker = std::ranges::find(source_rows, modifier.name, &SourceRow::takes);
    reading.error(member->span,
                  "\"" + name + "\" goes with \"" + std::string(taker->key) + "\", but this capture has \"" +
                      std::string(source.key) + "\"",
                  "leave " + name + " out");
  }
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
  const Member* source = nullptr;
  for (const Member& member : table.members) {
    if (!find_source(member.key)) continue;
    if (source) {
      reading.error(member.span,
                    "a capture has one source, but this one has both \"" + source->key + "\" and \"" + member.key +
                        "\"",
                    "split it into two captures");
      return std::nullopt;
    }
    source = &member;
  }
  if (!source) {
    if (reading.errors() == before) report_no_source(reading, capture);
    return std::nullopt;
  }
  const SourceRow& row = *find_source(source->key);
  check_modifiers(reading, table, row);
  std::optional<Capture::From> from = row.read(reading, *source, table);
  if (!from || reading.errors() > before) return std::nullopt;
  return Capture{capture.key, reading.place(capture.span), reading.source_line(capture.span), std::move(*from)};
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
