#include "scenario/app_flow_reader.h"

#include "scenario/steps.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

constexpr std::string_view table_or_steps = "a table or a list of steps";

// A step that stands in no line of its own.
template <class Does> Step unplaced(Does does) {
  Step step;
  step.verb = std::move(does);
  return step;
}

AppFlow begin_flow(Reading& reading, const Member& member) {
  AppFlow flow;
  flow.place = reading.place(span_of(member));
  flow.source_line = reading.source_line(member.span);
  return flow;
}

std::optional<Text> text_at(Reading& reading, const Node& table, std::string_view key, const Vocabulary& keys,
                            Context& context) {
  const Member* member = table.find(key);
  if (!member) return std::nullopt;
  return reading.filled_text(entry(*member, keys), context);
}

// The list of steps that a key holds, or `steps` in its table; null where it is written as a table of a page and its
// form.
const Member* list_of_steps(const Member& member) {
  if (member.value.is(Node::Kind::array)) return &member;
  return member.value.is(Node::Kind::table) ? member.value.find("steps") : nullptr;
}

// `whose` says in errors what has the steps.
std::optional<AppFlow> read_listed(Reading& reading, const Member& member, const Member& list, const Vocabulary& keys,
                                   Context& context) {
  const std::size_t before = reading.errors();
  AppFlow flow = begin_flow(reading, member);
  if (&list != &member) {
    reading.check_keys(member.value, keys);
    const auto other = std::ranges::find_if(member.value.members, [&](const Member& each) {
      return each.key != "steps" && keys.find(each.key) != nullptr;
    });
    if (other != member.value.members.end()) {
      reading.error(other->span, "\"steps\" says all of it, so \"" + other->key + "\" has no place beside it",
                    "make a step of it, or leave \"steps\" out");
    }
  }
  if (!reading.expect_kind({list.key, R"(steps = [ { open = "/login" } ])", list.value}, Node::Kind::array,
                           "a list of steps"))
    return std::nullopt;
  if (list.value.items.empty()) {
    reading.error(span_of(list), std::string(keys.of) + " has no steps",
                  R"(write sign_in = [ { open = "/login" }, { submit = "Sign in", with = { … } } ])");
  }
  const std::size_t captures = context.reach.captures.size();
  flow.steps = read_step_list(reading, list.value, context);
  context.reach.captures.resize(captures); // what one way captures is its own
  if (reading.errors() > before) return std::nullopt;
  return flow;
}

std::optional<AppFlow> read_sign_in_table(Reading& reading, const Member& member, Context& context) {
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, sign_in_keys);
  check_has(reading, member, "page", sign_in_keys);
  check_has(reading, member, "submit", sign_in_keys);
  AppFlow flow = begin_flow(reading, member);
  Open open;
  Submit submit;
  if (auto page = text_at(reading, member.value, "page", sign_in_keys, context)) open.url = std::move(*page);
  if (auto words = text_at(reading, member.value, "submit", sign_in_keys, context)) submit.form = std::move(*words);
  if (check_has(reading, member, "fields", sign_in_keys)) {
    submit.with = read_fillings(reading, entry(*member.value.find("fields"), sign_in_keys), context);
  }
  if (reading.errors() > before) return std::nullopt;
  flow.steps.push_back(unplaced(std::move(open)));
  flow.steps.push_back(unplaced(std::move(submit)));
  return flow;
}

std::optional<AppFlow> read_way_in(Reading& reading, const Member& member, const Entry& at, Context& context) {
  if (const Member* list = list_of_steps(member)) return read_listed(reading, member, *list, sign_in_keys, context);
  if (!reading.expect_kind(at, Node::Kind::table, table_or_steps)) return std::nullopt;
  return read_sign_in_table(reading, member, context);
}

std::optional<AppFlow> read_sign_out_table(Reading& reading, const Member& member, Context& context) {
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, sign_out_keys);
  AppFlow flow = begin_flow(reading, member);
  const auto page = text_at(reading, member.value, "page", sign_out_keys, context);
  const auto submit = text_at(reading, member.value, "submit", sign_out_keys, context);
  const auto click = text_at(reading, member.value, "click", sign_out_keys, context);
  const auto open = text_at(reading, member.value, "open", sign_out_keys, context);
  if (reading.errors() > before) return std::nullopt;
  const int ways = (submit ? 1 : 0) + (click ? 1 : 0) + (open ? 1 : 0);
  if (ways != 1) {
    reading.error(span_of(member),
                  "[app] sign_out does one thing: it has " + std::string(ways == 0 ? "none" : "several") +
                      " of submit, click and open",
                  "write sign_out = { submit = \"Sign out\" }, or a list of steps");
    return std::nullopt;
  }
  if (page) flow.steps.push_back(unplaced(Open{*page}));
  if (submit) flow.steps.push_back(unplaced(Submit{*submit, {}, {}}));
  if (click) flow.steps.push_back(unplaced(Click{*click}));
  if (open) flow.steps.push_back(unplaced(Open{*open}));
  return flow;
}

} // namespace

bool check_has(Reading& reading, const Member& around, std::string_view key, const Vocabulary& keys) {
  if (around.value.find(key)) return true;
  if (has_misspelled(around.value, key, keys)) return false;
  reading.error(span_of(around), std::string(keys.of) + " has no \"" + std::string(key) + "\"",
                "add " + std::string(keys.find(key)->example));
  return false;
}

void read_sign_in(Reading& reading, const Member& member, Context& context, App& app) {
  app.sign_in = read_way_in(reading, member, entry(member, app_keys), context);
}

void read_sign_in_by(Reading& reading, const Member& member, Context& context, App& app) {
  const Entry around = entry(member, app_keys);
  if (!reading.expect_kind(around, Node::Kind::table, "a table with the steps of each way")) return;
  if (member.value.members.empty()) reading.is_empty(around);
  for (const Member& way : member.value.members) {
    if (!is_name(way.key)) {
      reading.error(way.span, "\"" + way.key + "\" cannot be the name of a way to sign in",
                    "begin with a letter, and go on with letters, digits, - and _");
    }
    // Whatever is wrong with its steps, the way is there: who signs in by it is not at fault.
    AppFlow unread = begin_flow(reading, way);
    auto flow = read_way_in(reading, way, {way.key, around.example, way.value}, context);
    app.sign_in_by.emplace(way.key, flow ? std::move(*flow) : std::move(unread));
  }
}

void read_sign_out(Reading& reading, const Member& member, Context& context, App& app) {
  const Member* list = list_of_steps(member);
  if (list) {
    app.sign_out = read_listed(reading, member, *list, sign_out_keys, context);
  } else if (reading.expect_kind(entry(member, app_keys), Node::Kind::table, table_or_steps)) {
    app.sign_out = read_sign_out_table(reading, member, context);
  }
}

} // namespace murphy::scenario
