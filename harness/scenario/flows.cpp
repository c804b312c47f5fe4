#include "scenario/flows.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/steps.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

// Deeper than anybody thinks, and far from where the stack ends.
constexpr std::size_t deepest = 50;

// More than any run comes through; flows that use flows double their steps with every level.
constexpr std::size_t most_steps = 10'000;

std::string shown(const Place& place) {
  return place.file.str() + ":" + std::to_string(place.line) + ":" + std::to_string(place.column);
}

void add(const KnownFlow& known, Context& context) {
  const Flow& flow = *known.flow;
  for (const std::string& user : flow.users) {
    if (!contains(context.mentions.users, user)) context.mentions.users.push_back(user);
  }
  std::vector<EnvironmentUse>& environment = context.mentions.environment;
  environment.insert(environment.end(), flow.environment.begin(), flow.environment.end());
  context.reach.captures.insert(context.reach.captures.end(), flow.gives.begin(), flow.gives.end());
}

void report_missing(Reading& reading, const Member& use, const Flow& flow, const std::vector<std::string>& missing) {
  std::vector<std::string> written;
  for (const std::string& name : flow.params) written.push_back(name + " = …");
  reading.error(span_of(use),
                "the flow \"" + flow.name + "\" needs " + (missing.size() == 1 ? "its parameter " : "its parameters ") +
                    join(missing, ", "),
                "write with = { " + join(written, ", ") + " }");
}

} // namespace

void Flows::import(const FlowTable& table, const Span& span) {
  if (!table.whole) table_.whole = false;
  for (const auto& [name, known] : table.flows) {
    const auto [before, is_new] = table_.flows.emplace(name, known);
    if (is_new || before->second.flow->place == known.flow->place) continue;
    reading_.error(span, "two imported files have a flow \"" + name + "\"",
                   "one is at " + shown(before->second.flow->place) + ", the other at " + shown(known.flow->place) +
                       "; give each its own name");
  }
}

void Flows::read(const Member& flows) {
  if (!reading_.expect_kind({"flow", feature_keys.find("flow")->example, flows.value}, Node::Kind::table,
                            "a table for each flow")) {
    table_.whole = false;
    return;
  }
  for (const Member& member : flows.value.members) {
    const auto imported = table_.flows.find(member.key);
    if (imported != table_.flows.end()) {
      reading_.error(member.span, "an imported file has a flow \"" + member.key + "\" too",
                     "it is at " + shown(imported->second.flow->place) + "; give each its own name");
      continue;
    }
    unread_.emplace(member.key, &member);
    own_.push_back(member.key);
  }
  for (const std::string& name : own_) {
    const auto unread = unread_.find(name);
    if (unread != unread_.end()) (void)read_flow(*unread->second);
  }
}

FlowTable Flows::own() const {
  FlowTable table;
  table.whole = table_.whole;
  for (const std::string& name : own_) {
    if (const auto known = table_.flows.find(name); known != table_.flows.end()) table.flows.insert(*known);
  }
  return table;
}

std::optional<KnownFlow> Flows::find(const Node& value) {
  const std::string& name = value.text;
  if (contains(open_, name)) {
    report_circle(value);
    return std::nullopt;
  }
  if (const auto known = table_.flows.find(name); known != table_.flows.end()) return known->second;
  if (const auto unread = unread_.find(name); unread != unread_.end()) {
    if (open_.size() < deepest) return read_flow(*unread->second);
    reading_.error(value.span, "flows are nested more than " + std::to_string(deepest) + " deep",
                   "copy the steps into the flow");
    return std::nullopt;
  }
  if (table_.whole) report_unknown(value);
  return std::nullopt;
}

void Flows::report_circle(const Node& value) {
  const auto first = std::ranges::find(open_, value.text);
  std::string circle;
  for (auto name = first; name != open_.end(); ++name) circle += *name + " → ";
  reading_.error(value.span, "the flow \"" + value.text + "\" uses itself and would never end: " + circle + value.text,
                 "move the shared steps into a flow that uses none of these");
}

void Flows::report_unknown(const Node& value) {
  std::vector<std::string> names;
  for (const auto& [name, known] : table_.flows) names.push_back(name);
  for (const auto& [name, member] : unread_) names.push_back(name);
  std::string hint = did_you_mean(value.text, names);
  if (hint.empty()) {
    hint = names.empty() ? "write [flow." + value.text + "] with its steps, or import = [\"…\"] the file that has it"
                         : "the available flows are " + join(names, ", ");
  }
  reading_.error(value.span, "there is no flow \"" + value.text + "\"", std::move(hint));
}

std::size_t Flows::total(const std::vector<Step>& steps) const {
  std::size_t sum = 0;
  for (const Step& step : steps) {
    const auto* use = std::get_if<Use>(&step.verb);
    const auto known = use != nullptr && use->flow ? table_.flows.find(use->flow->name) : table_.flows.end();
    sum += known != table_.flows.end() ? known->second.steps : 1;
  }
  return sum;
}

std::optional<KnownFlow> Flows::read_flow(const Member& member) {
  unread_.erase(member.key);
  open_.push_back(member.key);
  const std::size_t before = reading_.errors();
  auto flow = std::make_shared<Flow>();
  KnownFlow known;
  known.flow = flow;
  flow->name = member.key;
  flow->place = reading_.place(member.value.span);
  if (!is_name(member.key)) {
    reading_.error(member.span, "\"" + member.key + "\" cannot be the name of a flow",
                   "start with a letter, then use letters, digits, - and _");
  }
  const Node& table = member.value;
  if (!reading_.expect_kind({member.key, feature_keys.find("flow")->example, table}, Node::Kind::table,
                            "a table with steps")) {
    known.has_params = false;
  } else {
    reading_.check_keys(table, flow_keys);
    read_params(table, known, *flow);
    Context context{.reach = {.project = project_, .checks = reading_.checks(), .flow = true, .captures = flow->params},
                    .mentions = {},
                    .flows = this};
    flow->steps = read_steps(reading_, table, "steps", flow_keys, context);
    const auto inside = context.reach.captures.begin() + static_cast<std::ptrdiff_t>(flow->params.size());
    read_gives(table, {inside, context.reach.captures.end()}, *flow);
    flow->users = std::move(context.mentions.users);
    flow->environment = std::move(context.mentions.environment);
  }
  known.steps = total(flow->steps);
  if (known.steps > most_steps) {
    reading_.error(member.span,
                   "the flow \"" + member.key + "\" has more than " + std::to_string(most_steps) +
                       " steps, with those of the flows it uses",
                   "let it use fewer flows");
    known.steps = 0; // said once
  }
  known.whole = reading_.errors() == before;
  open_.pop_back();
  table_.flows.emplace(member.key, known);
  return known;
}

void Flows::read_params(const Node& table, KnownFlow& known, Flow& flow) {
  const Member* params = table.find("params");
  if (!params) {
    known.has_params = !has_misspelled(table, "params", flow_keys);
    return;
  }
  const std::optional<std::vector<std::string>> names = reading_.list_of_words(entry(*params, flow_keys));
  if (!names) {
    known.has_params = false;
    return;
  }
  for (std::size_t i = 0; i < names->size(); ++i) {
    const std::string& name = (*names)[i];
    const Span& span = params->value.items[i].span;
    if (!is_name(name)) {
      reading_.error(span, "\"" + name + "\" cannot be the name of a parameter",
                     "start with a letter, then use letters, digits, - and _");
    } else if (is_reserved(name)) {
      reading_.error(span, "\"" + name + "\" is reserved in ${}", "rename the parameter");
    } else if (contains(flow.params, name)) {
      reading_.error(span, "the parameter \"" + name + "\" appears twice", "remove one");
    } else {
      flow.params.push_back(name);
    }
  }
}

void Flows::read_gives(const Node& table, const std::vector<std::string>& captures, Flow& flow) {
  const Member* gives = table.find("gives");
  if (!gives) return;
  const auto names = reading_.list_of_words(entry(*gives, flow_keys));
  if (!names) return;
  for (std::size_t i = 0; i < names->size(); ++i) {
    const std::string& name = (*names)[i];
    if (contains(captures, name)) {
      flow.gives.push_back(name);
      continue;
    }
    std::string hint = did_you_mean(name, captures);
    if (hint.empty()) {
      hint = captures.empty() ? "let a step capture it: capture." + name + " = { css = \"…\" }"
                              : "its steps capture " + join(captures, ", ");
    }
    reading_.error(gives->value.items[i].span, "no step of this flow captures \"" + name + "\"", std::move(hint));
    flow.gives.push_back(name); // what refers to it is not at fault
  }
}

std::optional<Use> read_use(Reading& reading, const Member& member, const Node& step, Context& context) {
  const std::size_t before = reading.errors();
  const Member* with = step.find("with");
  Use use;
  const bool has_table = with && reading.expect_kind({"with", R"(with = { email = "${ada.email}" })", with->value},
                                                     Node::Kind::table, "a table with a value for each parameter");
  if (has_table) {
    for (const Member& value : with->value.members) {
      if (std::optional<Text> text =
              reading.scalar({value.key, R"(with = { email = "${ada.email}" })", value.value}, context)) {
        use.with.emplace_back(value.key, std::move(*text));
      }
    }
  }
  const std::optional<std::string> name = reading.filled_literal(entry(member, step_keys));
  const std::optional<KnownFlow> known = name ? context.flows->find(member.value) : std::nullopt;
  if (!known) return std::nullopt;
  const Flow& flow = *known->flow;
  add(*known, context);
  if (known->has_params && has_table == (with != nullptr)) {
    if (has_table) {
      for (const Member& value : with->value.members) {
        if (contains(flow.params, value.key)) continue;
        std::string hint = did_you_mean(value.key, flow.params);
        if (hint.empty()) {
          hint = flow.params.empty() ? "it has no parameters: remove with"
                                     : "its parameters are " + join(flow.params, ", ");
        }
        reading.error(value.span, "the flow \"" + flow.name + "\" has no parameter \"" + value.key + "\"",
                      std::move(hint));
      }
    }
    std::vector<std::string> missing;
    for (const std::string& param : flow.params) {
      // One that is misspelled has its error already.
      const bool given =
          has_table && std::ranges::any_of(with->value.members, [&](const Member& value) {
            return value.key == param || (!contains(flow.params, value.key) && !nearest(value.key, {param}).empty());
          });
      if (!given) missing.push_back(param);
    }
    if (!missing.empty()) report_missing(reading, member, flow, missing);
  }
  if (!known->whole || reading.errors() > before) return std::nullopt;
  use.flow = known->flow;
  return use;
}

} // namespace murphy::scenario
