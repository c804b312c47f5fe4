#include "scenario/json_values.h"

#include "base/nearest.h"
#include "scenario/matchers.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

// What is said of a value beside what comparisons say.
struct JsonFactRow {
  std::string_view key;
  std::string_view example;
  std::optional<JsonExpectation> (*read)(Reading&, const Entry&, Context&);
};

template <class Fact> std::optional<JsonExpectation> read_flag(Reading& reading, const Entry& at, Context&) {
  const std::optional<bool> wanted = reading.boolean(at);
  if (!wanted) return std::nullopt;
  return JsonExpectation{Fact{*wanted}};
}

std::optional<JsonExpectation> read_length(Reading& reading, const Entry& at, Context& context) {
  std::optional<Matcher> number = read_matcher(reading, at, Compared::number, context);
  if (!number) return std::nullopt;
  if (at.value.is(Node::Kind::integer) && at.value.integer < 0) {
    reading.error(at.value.span, "a length is never below 0", "write length = 0 for an empty list");
    return std::nullopt;
  }
  return JsonExpectation{JsonLength{std::move(*number)}};
}

constexpr auto fact_rows = std::to_array<JsonFactRow>({
    {"null", "{ null = true }", read_flag<JsonNull>},
    {"absent", "{ absent = true }", read_flag<JsonAbsent>},
    {"length", "{ length = 3 }", read_length},
});

constexpr auto in_json_value = keys_of(fact_rows);

std::optional<JsonExpectation> read_table(Reading& reading, const Entry& around, Context& context) {
  const std::vector<Member>& members = around.value.members;
  std::vector<std::string> keys = json_value_keys.names();
  std::ranges::copy(matcher_keys.names(), std::back_inserter(keys));
  bool known = true;
  for (const Member& member : members) {
    if (std::ranges::find(keys, member.key) != keys.end()) continue;
    known = false;
    std::string hint = did_you_mean(member.key, keys);
    reading.error(member.span, "\"" + member.key + "\" is not a key of " + std::string(json_value_keys.of),
                  hint.empty() ? "write one of " + listed(keys) + "; for what is inside an object, a pointer each: \"" +
                                     std::string(around.key) + "/" + member.key + "\" = …"
                               : std::move(hint));
  }
  if (!known) return std::nullopt;
  const auto fact =
      std::ranges::find_if(members, [](const Member& member) { return json_value_keys.find(member.key); });
  if (fact == members.end()) {
    std::optional<Matcher> matcher = read_matcher(reading, around, Compared::either, context);
    if (!matcher) return std::nullopt;
    return JsonExpectation{std::move(*matcher)};
  }
  if (members.size() != 1) {
    reading.error(members[1].span, "a value is stated once, not twice", "write one of " + listed(keys));
    return std::nullopt;
  }
  return std::ranges::find(fact_rows, fact->key, &JsonFactRow::key)
      ->read(reading, entry(*fact, json_value_keys), context);
}

} // namespace

const Vocabulary json_value_keys{"a JSON value", in_json_value};

std::optional<JsonExpectation> read_json_value(Reading& reading, const Entry& entry, Context& context) {
  const Node& value = entry.value;
  switch (value.kind) {
  case Node::Kind::boolean: return JsonExpectation{value.boolean};
  case Node::Kind::array: {
    JsonList list;
    for (const Node& item : value.items) {
      std::optional<JsonExpectation> read = read_json_value(reading, {entry.key, entry.example, item}, context);
      if (!read) return std::nullopt;
      list.items.push_back(std::move(*read));
    }
    return JsonExpectation{std::move(list)};
  }
  case Node::Kind::date:
    reading.error(value.span, "JSON has no dates", "write it as text, in quotes");
    return std::nullopt;
  case Node::Kind::table: return read_table(reading, entry, context);
  case Node::Kind::integer:
  case Node::Kind::real:
  case Node::Kind::text: break;
  }
  std::optional<Matcher> matcher = read_matcher(reading, entry, Compared::either, context);
  if (!matcher) return std::nullopt;
  return JsonExpectation{std::move(*matcher)};
}

} // namespace murphy::scenario
