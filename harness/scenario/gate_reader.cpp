#include "scenario/gate_reader.h"

#include "base/text.h"

#include <algorithm>

namespace murphy::scenario {
namespace {

// A list of texts that is not empty and names nothing twice.
std::vector<std::string> list_of(Reading& reading, const Entry& at) {
  const auto texts = reading.list_of_words(at);
  if (!texts) return {};
  if (texts->empty()) reading.is_empty(at);
  for (std::size_t i = 0; i < texts->size(); ++i) {
    const auto same = [&](const std::string& each) { return fold_case(each) == fold_case((*texts)[i]); };
    const auto end = texts->begin() + static_cast<std::ptrdiff_t>(i);
    if (std::find_if(texts->begin(), end, same) != end)
      reading.error(at.value.items[i].span, "\"" + (*texts)[i] + "\" appears twice", "remove one of them");
  }
  return *texts;
}

void check_pattern(Reading& reading, const Span& span, const std::string& pattern) {
  if (pattern.starts_with('/') || pattern.contains('\\')) {
    std::string path =
        pattern.substr(pattern.find_first_not_of('/') == std::string::npos ? 0 : pattern.find_first_not_of('/'));
    std::ranges::replace(path, '\\', '/');
    reading.error(span, "\"" + pattern + "\" is not a path relative to the project file",
                  "write \"" + path + "\", with / between folders");
    return;
  }
  for (const std::string_view part : split(pattern, '/')) {
    if (part == "**" || !part.contains("**")) continue;
    reading.error(span, "** in \"" + pattern + "\" is only a part of a name",
                  "** is any number of folders: write docs/** or **/*.md; * is any text within a name");
    return;
  }
}

std::vector<std::string> patterns(Reading& reading, const Entry& at) {
  std::vector<std::string> all = list_of(reading, at);
  for (std::size_t i = 0; i < all.size(); ++i) check_pattern(reading, at.value.items[i].span, all[i]);
  return all;
}

void read_rule(Reading& reading, const Node& table, Gate& gate) {
  if (!reading.expect_kind({"rules", gate_keys.find("rules")->example, table}, Node::Kind::table, "a list of tables"))
    return;
  reading.check_keys(table, gate_rule_keys);
  GateRule rule;
  rule.place = reading.place(table.span);
  rule.source_line = reading.source_line(table.span);
  for (const std::string_view key : {std::string_view("paths"), std::string_view("features")}) {
    const Member* member = table.find(key);
    if (member == nullptr) {
      if (!has_misspelled(table, key, gate_rule_keys))
        reading.error(table.span, "a rule of [gate] has no \"" + std::string(key) + "\"",
                      "add " + std::string(gate_rule_keys.find(key)->example));
      continue;
    }
    const Entry at = entry(*member, gate_rule_keys);
    if (key == "paths") {
      rule.paths = patterns(reading, at);
    } else {
      rule.features = list_of(reading, at);
      rule.place = reading.place(at.value.span);
      rule.source_line = reading.source_line(at.value.span);
    }
  }
  gate.rules.push_back(std::move(rule));
}

} // namespace

Gate read_gate(Reading& reading, const Node& table) {
  reading.check_keys(table, gate_keys);
  Gate gate;
  if (const Member* features = table.find("features")) gate.features = list_of(reading, entry(*features, gate_keys));
  if (const Member* ignore = table.find("ignore")) gate.ignore = patterns(reading, entry(*ignore, gate_keys));
  if (const Member* base = table.find("base")) {
    gate.base = reading.filled_literal(entry(*base, gate_keys)).value_or("");
    if (gate.base.starts_with('-'))
      reading.error(base->value.span, "\"" + gate.base + "\" is neither a branch nor a commit",
                    "write " + std::string(gate_keys.find("base")->example));
  }
  if (const Member* rules = table.find("rules")) {
    const Entry at = entry(*rules, gate_keys);
    if (reading.expect_kind(at, Node::Kind::array, "a list of tables"))
      for (const Node& rule : at.value.items) read_rule(reading, rule, gate);
  }
  if (const Member* red = table.find("red_base")) {
    const auto word = reading.filled_literal(entry(*red, gate_keys));
    if (word == "allow")
      gate.red_base = Gate::RedBase::allowed;
    else if (word && word != "fail")
      reading.error(red->value.span, "\"red_base\" is \"fail\" or \"allow\"",
                    "\"allow\" lets failures pass that are on the base too; \"fail\" does not");
  }
  return gate;
}

} // namespace murphy::scenario
