#include "scenario/steps.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/step_table.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

// The one key that says what the step does; null when there is none or more than one, which is reported.
const Member* member_of_verb(Reading& reading, const Node& table, bool all_available) {
  const Member* verb = nullptr;
  const Member* last_resort = nullptr; // what modifies other verbs is a verb where there is none
  for (const Member& member : table.members) {
    if (!find_verb(member.key)) continue;
    if (std::ranges::find(modifiers(), member.key, &ModifierRow::key) != modifiers().end()) {
      last_resort = &member;
      continue;
    }
    if (verb) {
      reading.error(member.span,
                    "a step does one thing, but this one has both \"" + verb->key + "\" and \"" + member.key + "\"",
                    "split it into two steps");
      return nullptr;
    }
    verb = &member;
  }
  if (!verb) verb = last_resort;
  if (!verb && all_available) {
    for (const Member& member : table.members) {
      if (!step_keys.find(member.key)) return nullptr; // its error has said what to write
    }
    std::vector<std::string> names;
    for (const VerbRow& row : verbs()) names.emplace_back(row.key);
    reading.error(table.members.empty() ? table.span : table.members.front().span, "this step does nothing",
                  "add one of " + join(names, ", "));
  }
  return verb;
}

void refuse(Reading& reading, const Member& member, const ModifierRow& modifier, const VerbRow& verb) {
  std::vector<std::string> takers, in_quotes;
  for (const VerbRow& other : verbs()) {
    if (!other.takes_it(modifier.modifier)) continue;
    takers.emplace_back(other.key);
    in_quotes.push_back("\"" + std::string(other.key) + "\"");
  }
  const auto refusal =
      std::ranges::find_if(verb.refusals, [&](const Refusal& each) { return has(each.modifiers, modifier.modifier); });
  const Refusal more = refusal == verb.refusals.end() ? Refusal{} : *refusal;
  std::string what = "\"" + std::string(modifier.key) + "\" ";
  if (!modifier.instead.empty()) {
    what += "belongs to " + listed(in_quotes) + ", but this step has \"" + std::string(verb.key) + "\"";
  } else {
    what += "does not apply to \"" + std::string(verb.key) + "\"";
    if (!more.because.empty()) what += ", " + std::string(more.because);
  }
  std::string hint(more.hint.empty() ? modifier.instead : more.hint);
  if (hint.empty()) hint = "it belongs to " + listed(takers);
  reading.error(member.span, std::move(what), std::move(hint));
}

void check_modifiers(Reading& reading, const Node& table, const VerbRow& verb) {
  for (const ModifierRow& modifier : modifiers()) {
    const Member* member = table.find(modifier.key);
    if (member && !verb.takes_it(modifier.modifier)) refuse(reading, *member, modifier, verb);
  }
  if (const Member* eventually = table.find("eventually"); eventually && !table.find("expect")) {
    reading.error(eventually->span, "\"eventually\" repeats the step until its expectations hold, but it has none",
                  "add an expectation: expect.text = \"Welcome\"");
  }
}

Tolerance tolerance_of(const Expectation::Is& expectation) {
  if (std::holds_alternative<ExpectStatus>(expectation)) return Tolerance::any;
  if (std::holds_alternative<ExpectFormError>(expectation) || std::holds_alternative<ExpectFieldError>(expectation))
    return Tolerance::client_error;
  const auto* dashboard = std::get_if<ExpectDashboard>(&expectation);
  return dashboard != nullptr && dashboard->state == Dashboard::closed ? Tolerance::refusal : Tolerance::none;
}

// An `expect` step says of the page at hand what the step in front of it could have said.
void settle_tolerance(std::vector<Step>& steps) {
  Tolerance behind = Tolerance::none;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) {
    for (const Expectation& each : step->expect) behind = std::max(behind, tolerance_of(each.is));
    step->tolerates = std::max(step->tolerates, behind);
    if (!std::holds_alternative<ExpectOnly>(step->verb)) behind = Tolerance::none;
  }
}

std::optional<Step> read_step(Reading& reading, const Node& table, Context& context) {
  if (!table.is(Node::Kind::table)) {
    reading.error(table.span, "a step is a table, but " + std::string(name_of(table.kind)) + " is given",
                  R"(write { open = "/login" })");
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  const bool all_available = reading.check_keys(table, step_keys);
  Step step;
  std::optional<Verb> does;
  if (const Member* verb = member_of_verb(reading, table, all_available)) {
    const VerbRow& row = *find_verb(verb->key);
    check_modifiers(reading, table, row);
    if (context.flows || row.step_of == StepOf::any)
      does = row.read(reading, *verb, table, context);
    else
      reading.error(verb->span, "\"" + verb->key + "\" cannot be a step of [app]", "put it into a scenario");
    const Span span = span_of(*verb);
    step.place = reading.place(span);
    step.source_line = reading.source_line(span);
  }
  for (const ModifierRow& modifier : modifiers()) {
    if (const Member* member = table.find(modifier.key)) modifier.read(reading, *member, context, step);
  }
  if (!does || reading.errors() > before) return std::nullopt;
  step.verb = std::move(*does);
  return step;
}

} // namespace

bool check_user(Reading& reading, const Node& value, const std::string& name, Context& context) {
  const Project& project = context.reach.project;
  if (!project.users.contains(name) && context.reach.checks.project_is_whole) {
    std::vector<std::string> names;
    for (const auto& [known, user] : project.users) names.push_back(known);
    std::string hint = did_you_mean(name, names);
    if (hint.empty()) {
      hint = names.empty() ? "the project file has no users: add [user." + name + "] to murphy.toml"
                           : "murphy.toml has " + join(names, ", ");
    }
    reading.error(value.span, "there is no user \"" + name + "\"", std::move(hint));
    return false;
  }
  std::vector<std::string>& users = context.mentions.users;
  if (std::ranges::find(users, name) == users.end()) users.push_back(name);
  return true;
}

std::optional<Upload> read_upload(Reading& reading, const Entry& around) {
  reading.check_keys(around.value, upload_keys);
  const Member& member = *around.value.find("file");
  const Entry at = entry(member, upload_keys);
  std::vector<const Node*> items{&member.value};
  if (member.value.is(Node::Kind::array)) {
    items.clear();
    for (const Node& item : member.value.items) items.push_back(&item);
    if (items.empty()) reading.is_empty(at);
  }
  Upload upload{.paths = {}, .place = reading.place(member.span), .source_line = reading.source_line(member.span)};
  for (const Node* item : items) {
    const std::optional<std::string> path = reading.filled_literal({at.key, at.example, *item});
    if (!path) continue;
    upload.paths.push_back(reading.beside(*path));
    const auto& check = reading.checks().check_upload;
    if (const auto problem = check ? check(upload.paths.back()) : std::nullopt)
      reading.error(item->span, "\"" + *path + "\" cannot be uploaded: " + problem->what,
                    problem->hint.empty()
                        ? "the path is relative to this file: Murphy looked for " + upload.paths.back()
                        : problem->hint);
  }
  if (upload.paths.size() != items.size() || items.empty()) return std::nullopt;
  return upload;
}

std::vector<Filling> read_fillings(Reading& reading, const Entry& around, Context& context) {
  std::vector<Filling> fillings;
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a value for each field")) return fillings;
  for (const Member& member : around.value.members) {
    const Node& value = member.value;
    if (trim(member.key).empty()) {
      reading.error(member.span, "this field has no name", "write its label, name or id");
      continue;
    }
    Filling filling;
    filling.field = reading.key_text(member, context);
    if (value.is(Node::Kind::boolean)) {
      filling.value = value.boolean;
    } else if (value.is(Node::Kind::array)) {
      std::vector<Text> texts;
      for (const Node& item : value.items) {
        if (item.is(Node::Kind::boolean) || item.is(Node::Kind::array) || item.is(Node::Kind::table)) {
          reading.wrong_type({member.key, R"(Interests = ["music", "sports"])", item}, "a list of texts");
        } else if (std::optional<Text> text = reading.scalar({member.key, {}, item}, context)) {
          texts.push_back(std::move(*text));
        }
      }
      filling.value = std::move(texts);
    } else if (!value.is(Node::Kind::table)) {
      filling.value = reading.scalar({member.key, {}, value}, context).value_or(Text());
    } else if (value.find("file")) {
      std::optional<Upload> upload = read_upload(reading, {member.key, {}, value});
      if (!upload) continue;
      filling.value = std::move(*upload);
    } else if (has_misspelled(value, "file", upload_keys)) {
      reading.check_keys(value, upload_keys);
      continue;
    } else if (!value.members.empty()) {
      reading.error(value.span,
                    "the field \"" + member.key + "\" takes text, true, false or a list, but a table is given",
                    "a label with a dot needs quotes: \"" + member.key + "." + value.members.front().key + "\" = …");
      continue;
    } else {
      reading.wrong_type({member.key, R"(with = { Email = "${ada.email}" })", value}, "text, true, false or a list");
      continue;
    }
    fillings.push_back(std::move(filling));
  }
  fillings.shrink_to_fit();
  return fillings;
}

std::vector<Step> read_steps(Reading& reading, const Node& table, std::string_view key, const Vocabulary& keys,
                             Context& context) {
  const std::string name(key);
  const std::string whose(keys.of.substr(keys.of.find(' ') + 1)); // "scenario", "flow"
  const Member* steps = table.find(key);
  if (!steps) {
    if (key == "steps" && !has_misspelled(table, key, keys)) {
      reading.error(table.span, "this " + whose + " has no steps",
                    "add steps = [ { open = \"/login\" } ]" +
                        std::string(whose == "scenario" ? ", or [[scenario.steps]]" : ""));
    }
    return {};
  }
  if (steps->value.is(Node::Kind::table)) {
    reading.error(steps->span, name + " is a list, but one table is given",
                  "write [[" + whose + (whose == "flow" ? ".NAME." : ".") + name +
                      "]], with two brackets, above each step");
    return {};
  }
  if (!reading.expect_kind(entry(*steps, keys), Node::Kind::array, "a list of steps")) return {};
  if (steps->value.items.empty()) {
    reading.error(span_of(*steps), "this " + (key == "steps" ? whose : name) + " has no steps",
                  "write " + std::string(keys.find(key)->example));
  }
  return read_step_list(reading, steps->value, context);
}

std::vector<Step> read_step_list(Reading& reading, const Node& list, Context& context) {
  std::vector<Step> result;
  for (const Node& item : list.items) {
    if (std::optional<Step> step = read_step(reading, item, context)) result.push_back(std::move(*step));
  }
  settle_tolerance(result);
  result.shrink_to_fit(); // a plan holds tens of thousands
  return result;
}

} // namespace murphy::scenario
