#include "scenario/validation.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/field_rules.h"
#include "scenario/steps.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>

namespace murphy::scenario {

namespace {

// More than any form asks for, and still sent in one request.
constexpr std::int64_t longest = 1'000'000;

// A list of texts as it is read, beside the nodes they come from.
struct Examples {
  std::vector<Text> texts;
  std::vector<const Node*> nodes;
};

class FieldReader {
public:
  FieldReader(Reading& reading, const Member& member, Context& context)
      : reading_(reading), member_(member), context_(context) {}

  std::optional<FieldRules> read();

private:
  const Member* find(std::string_view key) const { return member_.value.find(key); }
  void read_type();
  std::optional<std::size_t> read_length(std::string_view key);
  std::string read_number(std::string_view key);
  void read_pattern();
  Examples read_examples(std::string_view key);
  void check_kinds();
  void check_bounds();
  void check_examples(const Examples& accepts, const Examples& rejects);

  Reading& reading_;
  const Member& member_;
  Context& context_;
  FieldRules rules_;
};

Entry at(const Member& member) { return entry(member, field_rule_keys); }

void FieldReader::read_type() {
  const Member* type = find("type");
  if (!type) return;
  const std::optional<std::string> name = reading_.filled_literal(at(*type));
  if (!name) return;
  if (std::ranges::find(value_types(), *name) != value_types().end()) {
    rules_.type = *name;
    return;
  }
  static const std::vector<std::string> open{"text",   "password", "search", "tel",    "textarea",
                                             "hidden", "checkbox", "radio",  "select", "file"};
  const bool is_known = std::ranges::find(open, *name) != open.end();
  std::string hint = is_known ? std::string() : did_you_mean(*name, value_types());
  if (hint.empty()) hint = "types with rules are " + join(value_types(), ", ");
  reading_.error(type->value.span,
                 is_known ? "the type \"" + *name + "\" has no rules" : "\"" + *name + "\" is not a type of value",
                 is_known ? "remove type; " + hint : std::move(hint));
}

std::optional<std::size_t> FieldReader::read_length(std::string_view key) {
  const Member* length = find(key);
  if (!length) return std::nullopt;
  constexpr std::string_view wanted = "a whole number of characters";
  if (!reading_.expect_kind(at(*length), Node::Kind::integer, wanted)) return std::nullopt;
  const std::int64_t number = length->value.integer;
  if (number >= 0 && number <= longest) return static_cast<std::size_t>(number);
  reading_.error(length->value.span, fmt::format("\"{}\" cannot be {}", key, number),
                 fmt::format("write a number from 0 to {}", longest));
  return std::nullopt;
}

std::string FieldReader::read_number(std::string_view key) {
  const Member* bound = find(key);
  if (!bound) return {};
  const Node& value = bound->value;
  if (value.is(Node::Kind::boolean) || value.is(Node::Kind::array) || value.is(Node::Kind::table)) {
    reading_.wrong_type(at(*bound), key == "step" ? "a number" : "a number, a date or a time");
    return {};
  }
  if (value.is(Node::Kind::text)) {
    if (!reading_.filled_literal(at(*bound))) return {};
  }
  return value.is(Node::Kind::integer) ? std::to_string(value.integer) : std::string(value.text);
}

void FieldReader::read_pattern() {
  const Member* pattern = find("pattern");
  if (!pattern) return;
  const auto written = reading_.regex(at(*pattern));
  if (!written) return;
  auto whole = Regex::compile("\\A(?:" + written->source() + ")\\z");
  if (!whole) {
    reading_.error(pattern->value.span, whole.error().what, whole.error().hint);
    return;
  }
  rules_.pattern = written->source();
  rules_.whole_pattern = *whole;
}

Examples FieldReader::read_examples(std::string_view key) {
  Examples examples;
  const Member* list = find(key);
  if (!list || !reading_.expect_kind(at(*list), Node::Kind::array, "a list of values")) return examples;
  if (list->value.items.empty()) reading_.is_empty(at(*list));
  for (const Node& item : list->value.items) {
    if (auto text = reading_.scalar({key, at(*list).example, item}, context_)) {
      examples.texts.push_back(std::move(*text));
      examples.nodes.push_back(&item);
    }
  }
  return examples;
}

// Lengths and patterns are rules of text, ranges are rules of numbers and dates.
void FieldReader::check_kinds() {
  const std::string type = meant_type(rules_);
  if (has_range(type)) {
    for (const std::string_view key : {"min_length", "max_length", "pattern"}) {
      const Member* member = find(key);
      if (!member) continue;
      reading_.error(
          member->span,
          rules_.type.empty()
              ? fmt::format("\"{}\" is a rule for text, but min, max or step give this field the type {}", key, type)
              : fmt::format("\"{}\" does not apply to the type \"{}\"", key, type),
          fmt::format("limit a {} with min and max", type == "range" ? "number" : type));
    }
    return;
  }
  for (const std::string_view key : {"min", "max", "step"}) {
    const Member* member = find(key);
    if (!member) continue;
    const std::string length = std::string(key) + "_length";
    reading_.error(member->span, fmt::format("\"{}\" does not apply to the type \"{}\"", key, type),
                   key == "step" ? "remove it" : fmt::format("limit the length of a text with {}", length));
  }
}

void FieldReader::check_bounds() {
  if (rules_.min_length && rules_.max_length && *rules_.min_length > *rules_.max_length) {
    reading_.error(
        span_of(*find("max_length")),
        fmt::format("no value has at least {} and at most {} characters", *rules_.min_length, *rules_.max_length),
        "min_length and max_length contradict each other");
  }
  if (rules_.required.value_or(false) && rules_.max_length == std::size_t{0}) {
    reading_.error(span_of(*find("max_length")), "a required field cannot have max_length = 0",
                   "remove one of the two rules");
  }
  const std::string type = meant_type(rules_);
  if (!has_range(type)) return;
  bool good = true;
  for (const auto& [key, bound] :
       {std::pair<std::string_view, const std::string*>{"min", &rules_.min}, {"max", &rules_.max}}) {
    if (bound->empty() || to_number(type, *bound)) continue;
    reading_.error(find(key)->value.span, fmt::format("\"{}\" is not a value of the type {}", *bound, type),
                   type == "date"   ? "write a date: 2026-12-31"
                   : type == "time" ? "write a time as text: \"23:59\""
                                    : "write a number");
    good = false;
  }
  if (!rules_.step.empty()) {
    const auto step = to_number("number", rules_.step);
    if (!step || *step <= 0) {
      reading_.error(find("step")->value.span, "a step is a number above 0", "write step = 0.5; for dates, 1 is a day");
      good = false;
    }
  }
  if (!good || rules_.min.empty() || rules_.max.empty()) return;
  if (*to_number(type, rules_.min) > *to_number(type, rules_.max)) {
    reading_.error(span_of(*find("max")), fmt::format("no value is at least {} and at most {}", rules_.min, rules_.max),
                   "min and max contradict each other");
  }
}

void FieldReader::check_examples(const Examples& accepts, const Examples& rejects) {
  for (std::size_t i = 0; i < accepts.texts.size(); ++i) {
    const Text& text = accepts.texts[i];
    if (!text.is_literal()) continue;
    const std::string& value = text.split->empty() ? text.source : text.split->front().text;
    if (const std::string broken = broken_rule(rules_, value); !broken.empty()) {
      reading_.error(
          accepts.nodes[i]->span, fmt::format("this accepted value breaks the field's own rule \"{}\"", broken),
          broken.ends_with("length") ? fmt::format("it has {} characters, as HTML counts", utf16_length(value))
                                     : "move it to rejects, or correct the rule");
    }
    const auto also = std::ranges::find(rejects.texts, text.source, &Text::source);
    if (also == rejects.texts.end()) continue;
    reading_.error(rejects.nodes[static_cast<std::size_t>(also - rejects.texts.begin())]->span,
                   "this value is in both rejects and accepts", "remove it from one of the two");
  }
}

std::optional<FieldRules> FieldReader::read() {
  const std::size_t before = reading_.errors();
  const auto written = [&](const Member& member) {
    return Written{reading_.place(span_of(member)), reading_.source_line(span_of(member))};
  };
  if (trim(member_.key).empty()) {
    reading_.error(member_.span, "this field has no name", "write its label, name or id");
    return std::nullopt;
  }
  if (!reading_.expect_kind({member_.key, step_keys.find("fields")->example, member_.value}, Node::Kind::table,
                            "a table of rules"))
    return std::nullopt;
  rules_.field = reading_.key_text(member_, context_);
  rules_.written = written(member_);
  reading_.check_keys(member_.value, field_rule_keys);
  for (const Member& rule : member_.value.members) rules_.rules_at.emplace(rule.key, written(rule));
  if (const Member* required = find("required")) rules_.required = reading_.boolean(at(*required));
  if (const Member* page = find("page")) rules_.page = reading_.boolean(at(*page)).value_or(true);
  read_type();
  rules_.min_length = read_length("min_length");
  rules_.max_length = read_length("max_length");
  rules_.min = read_number("min");
  rules_.max = read_number("max");
  rules_.step = read_number("step");
  read_pattern();
  if (const Member* same_as = find("same_as")) {
    rules_.same_as = reading_.filled_text(at(*same_as), context_);
    if (rules_.same_as && rules_.same_as->source == member_.key)
      reading_.error(same_as->value.span, "a field cannot repeat itself", "name the other field");
  }
  Examples accepts = read_examples("accepts");
  Examples rejects = read_examples("rejects");
  if (reading_.errors() == before) check_kinds();
  if (reading_.errors() == before) check_bounds();
  if (reading_.errors() == before) check_examples(accepts, rejects);
  if (reading_.errors() > before) return std::nullopt;
  rules_.accepts = std::move(accepts.texts);
  rules_.rejects = std::move(rejects.texts);
  return std::move(rules_);
}

// A value that is said to be valid has to keep the rules that stand for its field.
void check_valid(Reading& reading, const Node& table, const Validate& validate) {
  for (const Member& member : table.members) {
    const auto rules = std::ranges::find_if(validate.fields,
                                            [&](const FieldRules& field) { return field.field.source == member.key; });
    if (rules == validate.fields.end() || !member.value.is(Node::Kind::text)) continue;
    if (member.value.text.find("${") != std::string::npos) continue;
    if (const std::string broken = broken_rule(*rules, member.value.text); !broken.empty())
      reading.error(member.value.span,
                    fmt::format("the valid value of \"{}\" breaks the field's own rule \"{}\"", member.key, broken),
                    "Murphy sends it while it tests other fields: write a value that the app accepts");
  }
}

} // namespace

std::optional<Validate> read_validate(Reading& reading, const Member& member, const Node& step, Context& context) {
  const std::size_t before = reading.errors();
  Validate validate;
  if (auto form = reading.filled_text(entry(member, step_keys), context)) validate.form = std::move(*form);
  if (const Member* fields = step.find("fields");
      fields &&
      reading.expect_kind(entry(*fields, step_keys), Node::Kind::table, "a table with the rules of each field")) {
    if (fields->value.members.empty())
      reading.error(fields->span, "\"fields\" is empty",
                    "remove it to take the rules from the page, or write " +
                        std::string(step_keys.find("fields")->example));
    for (const Member& field : fields->value.members) {
      if (auto rules = FieldReader(reading, field, context).read()) validate.fields.push_back(std::move(*rules));
    }
  }
  if (const Member* valid = step.find("valid")) {
    validate.valid = read_fillings(reading, entry(*valid, step_keys), context);
    if (reading.errors() == before) check_valid(reading, valid->value, validate);
  }
  if (const Member* error = step.find("error"))
    validate.error = reading.selector(entry(*error, step_keys)).value_or("");
  if (const Member* leading = step.find("before");
      leading && reading.expect_kind(entry(*leading, step_keys), Node::Kind::array, "a list of steps")) {
    if (leading->value.items.empty()) reading.is_empty(entry(*leading, step_keys));
    std::vector<Step> steps = read_step_list(reading, leading->value, context);
    for (const Step& each : steps)
      if (std::holds_alternative<Validate>(each.verb) || std::holds_alternative<Use>(each.verb))
        reading.error(leading->span, "a step that leads to the form cannot be \"validate\" or \"use\"",
                      "open its page, or submit the form before it");
    validate.before = std::make_shared<const StepList>(std::move(steps));
  }
  context.reach.captures.emplace_back("created");
  if (const Member* writes = step.find("writes"))
    validate.writes = reading.boolean(entry(*writes, step_keys)).value_or(false);
  if (reading.errors() > before) return std::nullopt;
  return validate;
}

} // namespace murphy::scenario
