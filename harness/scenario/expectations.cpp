#include "scenario/expectations.h"

#include "base/address.h"
#include "base/nearest.h"
#include "base/text.h"
#include "scenario/alternatives.h"
#include "scenario/json_values.h"
#include "scenario/matchers.h"

#include <algorithm>
#include <array>
#include <deque>

namespace murphy::scenario {

namespace {

// Words that have to be somewhere: empty ones would be everywhere.
std::optional<Matcher> read_words(Reading& reading, const Entry& at, Context& context) {
  if (at.value.is(Node::Kind::text) && trim(at.value.text).empty()) {
    reading.is_empty(at);
    return std::nullopt;
  }
  return read_matcher(reading, at, Compared::text, context);
}

// A pattern that holds for no text and for any other says nothing of a page.
bool matches_everything(const Matcher& words) {
  if (words.kind == Matcher::Kind::not_) return matches_everything(*words.negated);
  if (words.kind != Matcher::Kind::matches) return false;
  const auto holds = [&](std::string_view text) {
    const auto groups = words.regex->search(text);
    return groups && !groups->empty();
  };
  return holds("") && holds("\x01");
}

// The items of a list, or the one value that stands in its place.
std::vector<const Node*> items_of(const Node& value) {
  if (!value.is(Node::Kind::array)) return {&value};
  std::vector<const Node*> result;
  for (const Node& item : value.items) result.push_back(&item);
  return result;
}

// What stands at a key of `expect`, or at one name of the table there.
struct Stated {
  Reading& reading;
  Context& context;
  const Member& member;
  Entry at;
};

// The readers: each gives nothing when it has reported an error.

std::optional<ExpectStatus> expected_status(const Stated& stated) {
  std::optional<StatusSet> set = read_status(stated.reading, stated.at);
  if (!set) return std::nullopt;
  return ExpectStatus{std::move(*set)};
}

std::optional<ExpectPage> expected_page(const Stated& stated) {
  Reading& reading = stated.reading;
  const Node& value = stated.at.value;
  ExpectPage page;
  if (value.is(Node::Kind::text)) {
    const bool names_host = value.text.starts_with("http://") || value.text.starts_with("https://");
    if (!value.text.starts_with("/") && !value.text.starts_with("${") && !names_host) {
      const std::string path(address_parts(value.text).path);
      reading.error(value.span, "\"page\" must be a path that begins with /",
                    std::string("write \"") + (path.starts_with('/') ? "" : "/") + path +
                        "\", or a whole address: \"https://login.example.com/authorize\"");
      return std::nullopt;
    }
    if (names_host && value.text.substr(value.text.find("://") + 3).find_first_not_of("/?#:") != 0) {
      reading.error(value.span, "this address has no host", "write \"https://login.example.com/authorize\"");
      return std::nullopt;
    }
    if (const std::size_t query = value.text.find_first_of("?#"); query != std::string::npos) {
      reading.error(reading.document().inside(value, query, value.text.size() - query),
                    "\"page\" is a path, without query and fragment", "write \"" + value.text.substr(0, query) + "\"");
      return std::nullopt;
    }
    page.glob = value.text.find('*') != std::string::npos;
  }
  std::optional<Matcher> path = read_matcher(reading, stated.at, Compared::text, stated.context);
  if (!path) return std::nullopt;
  page.path = std::move(*path);
  return page;
}

std::optional<ExpectCameThrough> expected_redirects(const Stated& stated) {
  Reading& reading = stated.reading;
  if (!reading.expect_kind(stated.at, Node::Kind::array, "a list of redirects")) return std::nullopt;
  ExpectCameThrough through;
  for (const Node& item : stated.at.value.items) {
    std::optional<Text> text = reading.text({stated.at.key, stated.at.example, item}, stated.context);
    if (!text) return std::nullopt;
    const std::string& source = text->source;
    const bool status = source.size() > 4 && source[0] == '3' && source[3] == ' ' &&
                        std::all_of(source.begin(), source.begin() + 3, is_digit);
    if (text->is_literal() && !status) {
      reading.error(item.span, "a redirect is a status from 300 to 399, a space and its target",
                    R"(write "303 /login")");
      return std::nullopt;
    }
    through.redirects.push_back(std::move(*text));
  }
  return through;
}

std::optional<ExpectTitle> expected_title(const Stated& stated) {
  std::optional<Matcher> title = read_matcher(stated.reading, stated.at, Compared::text, stated.context);
  if (!title) return std::nullopt;
  return ExpectTitle{std::move(*title)};
}

template <Presence presence> std::optional<ExpectText> expected_text(const Stated& stated) {
  ExpectText expected;
  expected.presence = presence;
  for (const Node* item : items_of(stated.at.value)) {
    std::optional<Matcher> words =
        read_words(stated.reading, {stated.at.key, stated.at.example, *item}, stated.context);
    if (!words) return std::nullopt;
    if (matches_everything(*words)) {
      stated.reading.error(item->span, "this pattern matches every text", "write words that only this page has");
      return std::nullopt;
    }
    expected.texts.push_back(std::move(*words));
  }
  if (!expected.texts.empty()) return expected;
  stated.reading.is_empty(stated.at);
  return std::nullopt;
}

template <Presence presence> std::optional<ExpectElement> expected_element(const Stated& stated) {
  ExpectElement expected;
  expected.presence = presence;
  for (const Node* item : items_of(stated.at.value)) {
    std::optional<ElementExpectation> element =
        read_element(stated.reading, {stated.at.key, stated.at.example, *item}, presence, stated.context);
    if (!element) return std::nullopt;
    expected.elements.push_back(std::move(*element));
  }
  if (!expected.elements.empty()) return expected;
  stated.reading.is_empty(stated.at);
  return std::nullopt;
}

std::optional<ExpectFieldError> expected_field_error(const Stated& field) {
  std::optional<Matcher> words = read_words(field.reading, field.at, field.context);
  if (!words) return std::nullopt;
  return ExpectFieldError{field.reading.key_text(field.member, field.context), std::move(*words)};
}

std::optional<ExpectNoFieldError> expected_no_field_error(const Stated& stated) {
  Reading& reading = stated.reading;
  const Node& value = stated.at.value;
  if (value.is(Node::Kind::boolean)) {
    if (value.boolean) return ExpectNoFieldError{};
    reading.error(value.span, "\"no_field_error\" can only be true",
                  "to expect an error, write field_error = { Email = \"…\" }");
    return std::nullopt;
  }
  if (!value.is(Node::Kind::text) && !value.is(Node::Kind::array)) {
    reading.wrong_type(stated.at, "true, or the fields without an error");
    return std::nullopt;
  }
  ExpectNoFieldError expected;
  expected.any = false;
  for (const Node* item : items_of(value)) {
    std::optional<Text> field = reading.filled_text({stated.at.key, stated.at.example, *item}, stated.context);
    if (!field) return std::nullopt;
    expected.labels.push_back(std::move(*field));
  }
  if (!expected.labels.empty()) return expected;
  reading.is_empty(stated.at);
  return std::nullopt;
}

std::optional<ExpectFormError> expected_form_error(const Stated& stated) {
  std::optional<Matcher> words = read_words(stated.reading, stated.at, stated.context);
  if (!words) return std::nullopt;
  return ExpectFormError{std::move(*words)};
}

std::optional<ExpectHeader> expected_header(const Stated& header) {
  std::optional<Matcher> value = read_matcher(header.reading, header.at, Compared::either, header.context);
  if (!value) return std::nullopt;
  return ExpectHeader{header.member.key, std::move(*value)};
}

std::optional<ExpectCookie> expected_cookie(const Stated& cookie) {
  std::optional<CookieExpectation> expected = read_cookie(cookie.reading, cookie.at, cookie.context);
  if (!expected) return std::nullopt;
  return ExpectCookie{std::move(*expected)};
}

std::optional<ExpectJson> expected_json(const Stated& value) {
  const Member& pointer = value.member;
  if (!value.reading.check_json_pointer(pointer.key, pointer.span)) return std::nullopt;
  std::optional<JsonExpectation> expected = read_json_value(value.reading, value.at, value.context);
  if (!expected) return std::nullopt;
  return ExpectJson{pointer.key, std::move(*expected)};
}

std::optional<ExpectDashboard> expected_dashboard(const Stated& stated) {
  Reading& reading = stated.reading;
  if (!reading.expect_kind(stated.at, Node::Kind::text, R"("open" or "closed")")) return std::nullopt;
  const std::string& state = stated.at.value.text;
  if (state != "open" && state != "closed") {
    reading.error(stated.at.value.span, "\"dashboard\" must be \"open\" or \"closed\"",
                  did_you_mean(state, {"open", "closed"}));
    return std::nullopt;
  }
  const Reach& reach = stated.context.reach;
  if (!reach.project.app.dashboard && reach.checks.project_is_whole) {
    reading.error(stated.member.span, "the project file does not define the dashboard",
                  "add to murphy.toml:\n\n[app]\ndashboard = { page = \"/dashboard\", shows = \"[data-user]\" }");
    return std::nullopt;
  }
  return ExpectDashboard{state == "open" ? Dashboard::open : Dashboard::closed};
}

std::optional<ExpectProvider> expected_provider(const Stated& stated) {
  Reading& reading = stated.reading;
  const std::string& name = stated.member.key;
  const Reach& reach = stated.context.reach;
  if (!reach.project.providers.contains(name) && reach.checks.project_is_whole) {
    std::vector<std::string> names;
    for (const auto& [known, provider] : reach.project.providers) names.push_back(known);
    std::string hint = did_you_mean(name, names);
    if (hint.empty()) {
      hint = names.empty() ? "add to murphy.toml:\n\n[idp." + name + "]\norigin = \"https://login.example.com\""
                           : "murphy.toml has " + join(names, ", ");
    }
    reading.error(stated.member.span, "there is no identity provider \"" + name + "\"", std::move(hint));
    return std::nullopt;
  }
  if (!reading.expect_kind(stated.at, Node::Kind::text, R"("asks" or "lets_in")")) return std::nullopt;
  const std::string& state = stated.at.value.text;
  if (state != "asks" && state != "lets_in") {
    reading.error(stated.at.value.span, "\"" + state + "\" is nothing that an identity provider does",
                  "write \"asks\" or \"lets_in\"");
    return std::nullopt;
  }
  return ExpectProvider{name, state == "asks" ? ProviderState::asks : ProviderState::lets_in};
}

std::optional<ExpectForm> expected_form(const Stated& stated) {
  std::optional<Text> name = stated.reading.filled_text(stated.at, stated.context);
  if (!name) return std::nullopt;
  return ExpectForm{std::move(*name)};
}

std::optional<ExpectWithin> expected_within(const Stated& stated) {
  const auto limit = stated.reading.duration(stated.at);
  if (!limit) return std::nullopt;
  return ExpectWithin{*limit};
}

// What an expectation is about: `when` looks at the page before the step, so it takes those about the page alone.
enum class About { page, step };

struct ExpectationRow {
  std::string_view key;
  std::string_view example; // behind "expect."
  std::string_view named{}; // what a table with an entry for each name is called; empty: the key takes one value
  std::string_view entry{}; // how an entry of it is written; may be empty
  About about = About::page;
  std::size_t alternative = std::variant_npos; // of Expectation::Is
  std::optional<Expectation::Is> (*read)(const Stated&) = nullptr;
};

// The row of the expectation that `reader` reads.
template <auto reader> constexpr ExpectationRow expectation_row(ExpectationRow row) {
  row.alternative = ReadAs<Expectation::Is, reader>::index;
  row.read = &ReadAs<Expectation::Is, reader>::read;
  return row;
}

constexpr auto expectation_rows = std::to_array<ExpectationRow>({
    expectation_row<expected_status>({.key = "status", .example = "status = 200"}),
    expectation_row<expected_page>({.key = "page", .example = R"(page = "/dashboard")"}),
    expectation_row<expected_redirects>({.key = "came_through", .example = R"(came_through = ["303 /login"])"}),
    expectation_row<expected_title>({.key = "title", .example = R"(title = "Dashboard")"}),
    expectation_row<expected_text<Presence::there>>({.key = "text", .example = R"(text = "Welcome, Ada")"}),
    expectation_row<expected_text<Presence::absent>>({.key = "no_text", .example = R"(no_text = "Error")"}),
    expectation_row<expected_element<Presence::there>>({.key = "element", .example = R"(element = "nav .user")"}),
    expectation_row<expected_element<Presence::absent>>({.key = "no_element", .example = R"(no_element = ".error")"}),
    expectation_row<expected_field_error>({.key = "field_error",
                                           .example = R"(field_error = { Email = "is not registered" })",
                                           .named = "a table with the words for each field",
                                           .entry = R"(Email = "is not registered")"}),
    expectation_row<expected_no_field_error>({.key = "no_field_error", .example = "no_field_error = true"}),
    expectation_row<expected_form_error>({.key = "form_error", .example = R"(form_error = "wrong")"}),
    expectation_row<expected_header>({.key = "header",
                                      .example = R"(header = { Cache-Control = "no-store" })",
                                      .named = "a table with a value for each header",
                                      .entry = R"(header = { Cache-Control = "no-store" })"}),
    expectation_row<expected_cookie>({.key = "cookie",
                                      .example = "cookie = { sid = { secure = true } }",
                                      .named = "a table with an entry for each cookie",
                                      .entry = "cookie = { sid = { secure = true } }"}),
    expectation_row<expected_json>({.key = "json",
                                    .example = R"(json = { "/user/name" = "Ada" })",
                                    .named = "a table with a value for each pointer"}),
    expectation_row<expected_dashboard>({.key = "dashboard", .example = R"(dashboard = "open")"}),
    expectation_row<expected_provider>({.key = "idp",
                                        .example = R"(idp = { company = "asks" })",
                                        .named = "a table with what each identity provider does",
                                        .entry = R"(idp = { company = "asks" })",
                                        .about = About::step}),
    expectation_row<expected_form>({.key = "form", .example = R"(form = "Sign in")"}),
    expectation_row<expected_within>({.key = "within", .example = R"(within = "800ms")", .about = About::step}),
});
static_assert(are_whole(expectation_rows),
              "an expectation lacks its key, its example or its reader, or has the key of another");
static_assert(each_has_a_row<Expectation::Is>(expectation_rows),
              "every expectation of scenario/model.h has a row in expectation_rows");

// The keys of `expect` and of `when`, whose examples name the table they stand in.
struct ExpectationKeys {
  ExpectationKeys() {
    for (const ExpectationRow& row : expectation_rows) {
      add(in_expect, row.key, "expect.", row.example);
      if (row.about == About::page) add(in_when, row.key, "when.", row.example);
    }
    add(in_when, "target", "when.", R"(target = "local")");
  }
  void add(std::vector<Key>& keys, std::string_view key, std::string_view table, std::string_view example) {
    keys.push_back({key, written.emplace_back(std::string(table).append(example))});
  }
  std::deque<std::string> written;
  std::vector<Key> in_expect, in_when;
};

const ExpectationKeys expectation_keys;

std::vector<Expectation> read_rows(Reading& reading, const Node& table, const Vocabulary& keys, Context& context) {
  std::vector<Expectation> expectations;
  const auto add = [&](const ExpectationRow& row, const Member& member, std::string what, const Entry& at) {
    std::optional<Expectation::Is> is = row.read({reading, context, member, at});
    const Span span = span_of(member);
    if (is) expectations.push_back({std::move(what), reading.place(span), reading.source_line(span), std::move(*is)});
  };
  for (const Member& member : table.members) {
    const auto row = std::ranges::find(expectation_rows, member.key, &ExpectationRow::key);
    if (!keys.find(member.key) || row == expectation_rows.end()) continue;
    const Entry at = entry(member, keys);
    if (row->named.empty()) {
      add(*row, member, member.key, at);
    } else if (reading.expect_kind(at, Node::Kind::table, row->named)) {
      if (member.value.members.empty()) reading.is_empty(at);
      for (const Member& one : member.value.members)
        add(*row, one, member.key + "." + one.key, {one.key, row->entry, one.value});
    }
  }
  return expectations;
}

void check_target(Reading& reading, const Node& value, const Reach& reach) {
  std::vector<std::string> names;
  for (const Target& target : reach.project.targets) names.push_back(target.name);
  if (!reach.checks.project_is_whole || std::ranges::find(names, value.text) != names.end()) return;
  std::string hint = did_you_mean(value.text, names);
  reading.error(value.span, "there is no target \"" + value.text + "\"",
                hint.empty() ? "murphy.toml has " + join(names, ", ") : std::move(hint));
}

} // namespace

const Vocabulary expect_keys{"expect", expectation_keys.in_expect};
const Vocabulary when_keys{"when", expectation_keys.in_when};

std::vector<Expectation> read_expectations(Reading& reading, const Member& expect, Context& context) {
  if (!reading.expect_kind(entry(expect, step_keys), Node::Kind::table, "a table of expectations")) return {};
  reading.check_keys(expect.value, expect_keys);
  if (expect.value.members.empty()) {
    reading.error(expect.span, "\"expect\" is empty", "write expect.status = 200, or remove it");
  }
  return read_rows(reading, expect.value, expect_keys, context);
}

std::optional<When> read_when(Reading& reading, const Member& member, Context& context) {
  if (!reading.expect_kind(entry(member, step_keys), Node::Kind::table, "a table of expectations")) {
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, when_keys);
  if (member.value.members.empty()) {
    reading.error(member.span, "\"when\" is empty", "write " + std::string(step_keys.find("when")->example));
  }
  When when;
  when.place = reading.place(span_of(member));
  when.source_line = reading.source_line(span_of(member));
  when.expect = read_rows(reading, member.value, when_keys, context);
  if (const Member* target = member.value.find("target")) {
    when.target = reading.filled_text(entry(*target, when_keys), context);
    if (when.target && when.target->is_literal()) check_target(reading, target->value, context.reach);
  }
  if (reading.errors() > before) return std::nullopt;
  return when;
}

} // namespace murphy::scenario
