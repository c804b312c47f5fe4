#include "scenario/scenario_reader.h"

#include "scenario/examples.h"
#include "scenario/steps.h"

#include <algorithm>
#include <charconv>

namespace murphy::scenario {

namespace {

void read_users(Reading& reading, const Node& table, Context& context) {
  if (const Member* user = table.find("user")) {
    if (auto name = reading.filled_literal(entry(*user, scenario_keys)))
      check_user(reading, user->value, *name, context);
  }
  const Member* users = table.find("users");
  if (!users || !reading.expect_kind(entry(*users, scenario_keys), Node::Kind::array, "a list of users")) return;
  for (const Node& item : users->value.items) {
    if (auto name = reading.filled_literal({"users", scenario_keys.find("users")->example, item})) {
      check_user(reading, item, *name, context);
    }
  }
}

// A date of TOML, which has checked that there is such a day: 2026-12-31.
std::optional<std::chrono::year_month_day> read_date(Reading& reading, const Entry& at) {
  const std::string& text = at.value.text;
  if (!at.value.is(Node::Kind::date) || text.size() != std::string_view("2026-12-31").size()) {
    const bool is_quoted = at.value.is(Node::Kind::text) && text.size() == std::string_view("2026-12-31").size();
    reading.error(at.value.span,
                  "\"until\" takes a date, but " +
                      std::string(at.value.is(Node::Kind::date) ? "a time" : name_of(at.value.kind)) + " is given",
                  is_quoted ? "write it without quotes: until = " + text : "write " + std::string(at.example));
    return std::nullopt;
  }
  const auto number = [&text](std::size_t begin, std::size_t length) {
    int value = 0;
    std::from_chars(text.data() + begin, text.data() + begin + length, value);
    return value;
  };
  return std::chrono::year(number(0, 4)) / number(5, 2) / number(8, 2);
}

std::optional<KnownFailure> read_known_failure(Reading& reading, const Member& member) {
  const std::size_t before = reading.errors();
  if (!reading.expect_kind(entry(member, scenario_keys), Node::Kind::table, "a table")) return std::nullopt;
  reading.check_keys(member.value, known_failure_keys);
  KnownFailure failure;
  failure.place = reading.place(span_of(member));
  failure.source_line = reading.source_line(span_of(member));
  for (const Key& key : known_failure_keys.keys) {
    if (member.value.find(key.name) || has_misspelled(member.value, key.name, known_failure_keys)) continue;
    reading.error(span_of(member), "this known failure has no \"" + std::string(key.name) + "\"",
                  "write " + std::string(scenario_keys.find("known_failure")->example) +
                      ": its ticket, and the last day on which the scenario may fail");
  }
  if (const Member* ticket = member.value.find("ticket")) {
    failure.ticket = reading.words(entry(*ticket, known_failure_keys)).value_or("");
  }
  if (const Member* until = member.value.find("until")) {
    if (const auto date = read_date(reading, entry(*until, known_failure_keys))) failure.until = *date;
  }
  if (reading.errors() > before) return std::nullopt;
  return failure;
}

} // namespace

void read_tags(Reading& reading, const Node& table, const Vocabulary& keys, std::vector<std::string>& tags) {
  if (const Member* member = table.find("tags")) {
    for (std::string& tag : reading.list_of_words(entry(*member, keys)).value_or(std::vector<std::string>{})) {
      if (std::ranges::find(tags, tag) == tags.end()) tags.push_back(std::move(tag));
    }
  }
}

void read_requirements(Reading& reading, const Node& table, const Vocabulary& keys, std::vector<std::string>& into) {
  if (const Member* member = table.find("requires")) {
    into = reading.list_of_words(entry(*member, keys)).value_or(std::vector<std::string>{});
  }
}

Scenario read_scenario(Reading& reading, const Node& table, const std::vector<std::string>& tags,
                       const Project& project, Flows& flows) {
  Scenario scenario;
  scenario.place = reading.place(table.span);
  scenario.tags = tags;
  Context context{
      .reach = {.project = project, .checks = reading.checks(), .captures = {}}, .mentions = {}, .flows = &flows};
  reading.check_keys(table, scenario_keys);
  if (const Member* name = table.find("name")) {
    if (auto words = reading.words(entry(*name, scenario_keys))) scenario.name = std::move(*words);
    scenario.place = reading.place(span_of(*name));
  } else if (!has_misspelled(table, "name", scenario_keys)) {
    reading.error(table.span, "this scenario has no name", "add name = \"A registered user reaches the dashboard\"");
  }
  if (const Member* ticket = table.find("ticket")) {
    scenario.ticket = reading.words(entry(*ticket, scenario_keys)).value_or("");
  }
  if (const Member* known = table.find("known_failure")) scenario.known_failure = read_known_failure(reading, *known);
  if (const Member* limit = table.find("timeout")) {
    scenario.timeout = reading.duration(entry(*limit, scenario_keys));
  }
  read_tags(reading, table, scenario_keys, scenario.tags);
  read_requirements(reading, table, scenario_keys, scenario.requirements);
  read_users(reading, table, context);
  scenario.examples = read_examples(reading, table, scenario.name, context);
  scenario.steps = read_steps(reading, table, "steps", scenario_keys, context);
  scenario.cleanup = read_steps(reading, table, "cleanup", scenario_keys, context);
  scenario.users = std::move(context.mentions.users);
  scenario.environment = std::move(context.mentions.environment);
  return scenario;
}

} // namespace murphy::scenario
