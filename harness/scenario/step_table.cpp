#include "scenario/step_table.h"

#include "scenario/alternatives.h"
#include "scenario/captures.h"
#include "scenario/credentials.h"
#include "scenario/expectations.h"
#include "scenario/flows.h"
#include "scenario/request.h"
#include "scenario/validation.h"
#include "scenario/verb_readers.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

constexpr Modifier of_every_step = Modifier::name | Modifier::when;
constexpr Modifier of_an_action = Modifier::redirects | Modifier::eventually | Modifier::timeout;
constexpr Modifier of_an_answer = Modifier::expect | Modifier::capture | Modifier::errors;

constexpr Refusal loads_no_page{
    .modifiers = of_an_answer, .because = "which loads no page", .hint = "move it to a later step that loads a page"};

// The row of the verb that `reader` reads.
template <auto reader> constexpr VerbRow verb_row(VerbRow row) {
  row.alternative = ReadAs<Verb, reader>::index;
  row.read = &ReadAs<Verb, reader>::read;
  return row;
}

constexpr auto verb_rows = std::to_array<VerbRow>({
    verb_row<read_open_step>({
        .key = "open",
        .example = R"(open = "/login")",
        .loads = Loads::page,
        .takes = of_an_answer | of_an_action | Modifier::allow_error,
    }),
    verb_row<read_submit_step>({
        .key = "submit",
        .example = R"(submit = "Sign in")",
        .loads = Loads::page,
        .takes = Modifier::with | Modifier::send | of_an_answer | of_an_action | Modifier::allow_error,
        .refusals = {{{.modifiers = Modifier::fields, .hint = R"(write with = { … } to fill in the form)"}}},
    }),
    verb_row<read_click_step>({
        .key = "click",
        .example = R"(click = "Forgot password?")",
        .loads = Loads::page,
        .takes = of_an_answer | of_an_action | Modifier::allow_error,
    }),
    verb_row<read_request>({
        .key = "request",
        .example = R"(request = { method = "GET", url = "/api/me" })",
        .takes = of_an_answer | of_an_action,
        .refusals = {{{.modifiers = Modifier::with | Modifier::send, .hint = R"(write form = { … } inside request)"}}},
    }),
    verb_row<read_sign_in_step>({
        .key = "sign_in",
        .example = R"(sign_in = "ada")",
        .loads = Loads::page,
        .step_of = StepOf::scenario,
        .takes = Modifier::by | of_an_answer | Modifier::timeout,
        .refusals = {{{.modifiers = Modifier::allow_error,
                       .because = "which is no sign-in where it ends in an error",
                       .hint = "write its steps: open, and submit with the wrong values"}}},
    }),
    verb_row<read_sign_out_step>({
        .key = "sign_out",
        .example = "sign_out = true",
        .loads = Loads::page,
        .step_of = StepOf::scenario,
        .takes = of_an_answer | Modifier::timeout,
        .refusals = {{{.modifiers = Modifier::allow_error,
                       .because = "which is no sign-out where it ends in an error",
                       .hint = "write its steps: open, click or submit"}}},
    }),
    verb_row<read_session_step>({
        .key = "session",
        .example = R"(session = "fresh")",
        .step_of = StepOf::scenario,
        .refusals = {loads_no_page},
    }),
    verb_row<read_authorize_step>({
        .key = "authorize",
        .example = R"(authorize = "Bearer ${token}")",
        .refusals = {loads_no_page},
    }),
    verb_row<read_headers_step>({
        .key = "headers",
        .example = R"(headers = { X-Api-Key = "${ada.key}" })",
        .refusals = {loads_no_page},
    }),
    verb_row<read_cookie_step>({
        .key = "cookie",
        .example = R"(cookie = { token = "${token}" })",
        .refusals = {loads_no_page},
    }),
    verb_row<read_use>({
        .key = "use",
        .example = R"(use = "sign-up")",
        .step_of = StepOf::scenario,
        .takes = Modifier::with | of_an_answer,
        .refusals = {{{.modifiers = of_an_action | Modifier::allow_error,
                       .hint = "it belongs to the steps of the flow"}}},
    }),
    verb_row<read_validate>({
        .key = "validate",
        .example = R"(validate = "Create account")",
        .step_of = StepOf::scenario,
        .takes = Modifier::fields | Modifier::valid | Modifier::error | Modifier::writes | Modifier::before |
                 Modifier::timeout,
        .refusals = {{{.modifiers = Modifier::errors, .hint = R"(write error = ".field-error")"},
                      {.modifiers = of_an_answer,
                       .because = "which leaves the page unchanged",
                       .hint = "put it in a step of its own"}}},
    }),
    verb_row<read_expect_only>({
        .key = "expect",
        .example = "expect.status = 200",
        .takes = of_an_answer,
    }),
});
static_assert(are_whole(verb_rows), "a verb lacks its key, its example or its reader, or has the key of another");
static_assert(each_has_one_row<Verb>(verb_rows), "every verb of scenario/model.h has one row in verb_rows");

// Reads what the verb's own reader reads.
constexpr auto by_the_verb = [](Reading&, const Member&, Context&, Step&) {};

constexpr std::string_view to_fill_in = R"(write submit = "Sign in" to fill in a form and send it)";
constexpr std::string_view to_send = R"(write submit = "Sign in" to send a form with additional entries)";
constexpr std::string_view to_prove = R"(write validate = "Create account" to test a form's rules)";

constexpr auto modifier_rows = std::to_array<ModifierRow>({
    {Modifier::with, "with", R"(with = { Email = "${ada.email}" })", to_fill_in, by_the_verb},
    {Modifier::name,
     "name",
     R"(name = "sign in with the wrong password")",
     {},
     [](Reading& reading, const Member& member, Context&, Step& step) {
       step.name = reading.words(entry(member, step_keys)).value_or("");
     }},
    {Modifier::redirects,
     "redirects",
     "redirects = false",
     {},
     [](Reading& reading, const Member& member, Context&, Step& step) {
       step.follow_redirects = reading.boolean(entry(member, step_keys)).value_or(true);
     }},
    {Modifier::send, "send", R"(send = { role = "admin" })", to_send, by_the_verb},
    {Modifier::when,
     "when",
     R"(when = { text = "Accept cookies" })",
     {},
     [](Reading& reading, const Member& member, Context& context, Step& step) {
       step.when = read_when(reading, member, context);
     }},
    {Modifier::eventually,
     "eventually",
     R"(eventually = "10s")",
     {},
     [](Reading& reading, const Member& member, Context&, Step& step) {
       step.eventually = reading.duration(entry(member, step_keys));
     }},
    {Modifier::timeout,
     "timeout",
     R"(timeout = "5s")",
     {},
     [](Reading& reading, const Member& member, Context&, Step& step) {
       step.timeout = reading.duration(entry(member, step_keys));
     }},
    {Modifier::by, "by", R"(by = "api")", R"(write sign_in = "ada" to sign in)", by_the_verb},
    {Modifier::fields, "fields", R"(fields.Email = { required = true, type = "email", max_length = 254 })", to_prove,
     by_the_verb},
    {Modifier::valid, "valid", R"(valid = { Email = "${unique:email}" })", to_prove, by_the_verb},
    {Modifier::error, "error", R"(error = ".field-error")", to_prove, by_the_verb},
    {Modifier::writes, "writes", "writes = true", to_prove, by_the_verb},
    {Modifier::before, "before", R"(before = [{ open = "/signup" }, { submit = "Next" }])", to_prove, by_the_verb},
    {Modifier::errors,
     "errors",
     R"(errors = ".flash.bad")",
     {},
     [](Reading& reading, const Member& member, Context&, Step& step) {
       step.errors = reading.selector(entry(member, step_keys)).value_or("");
     }},
    {Modifier::allow_error,
     "allow_error",
     "allow_error = true",
     {},
     [](Reading& reading, const Member& member, Context&, Step& step) {
       if (reading.boolean(entry(member, step_keys)).value_or(false)) step.tolerates = Tolerance::any;
     }},
    {Modifier::expect,
     "expect",
     "expect.status = 200",
     {},
     [](Reading& reading, const Member& member, Context& context, Step& step) {
       step.expect = read_expectations(reading, member, context);
     }},
    // Last: what else the step says cannot refer to its captures.
    {Modifier::capture,
     "capture",
     R"(capture = { code = { css = "#code" } })",
     {},
     [](Reading& reading, const Member& member, Context& context, Step& step) {
       step.capture = read_captures(reading, entry(member, step_keys));
       // Also names of captures that could not be read, so that one mistake is one error.
       for (const Member& each : member.value.members) context.reach.captures.push_back(each.key);
     }},
});
static_assert(are_whole(modifier_rows),
              "a modifier lacks its key, its example or its reader, or has the key of another");
static_assert(std::ranges::all_of(modifier_rows,
                                  [](const ModifierRow& modifier) {
                                    return has(of_every_step, modifier.modifier) ||
                                           std::ranges::any_of(verb_rows, [&](const VerbRow& verb) {
                                             return has(verb.takes, modifier.modifier);
                                           });
                                  }),
              "every modifier goes with one of the verbs");

constexpr bool is_of_a_verb(std::string_view key) {
  return std::ranges::find(verb_rows, key, &VerbRow::key) != verb_rows.end();
}

constexpr auto in_step = [] {
  constexpr auto doubled = std::ranges::count_if(modifier_rows, is_of_a_verb, &ModifierRow::key);
  std::array<Key, verb_rows.size() + modifier_rows.size() - doubled + 1> keys{};
  auto next = keys.begin();
  for (const VerbRow& row : verb_rows) *next++ = {row.key, row.example};
  for (const ModifierRow& row : modifier_rows) {
    if (!is_of_a_verb(row.key)) *next++ = {row.key, row.example};
  }
  *next = {"mail", "", true};
  return keys;
}();

} // namespace

const Vocabulary step_keys{"a step", in_step};

std::span<const VerbRow> verbs() { return verb_rows; }
std::span<const ModifierRow> modifiers() { return modifier_rows; }

const VerbRow* find_verb(std::string_view key) {
  const auto found = std::ranges::find(verb_rows, key, &VerbRow::key);
  return found == verb_rows.end() ? nullptr : &*found;
}

const VerbRow& row_of(const Verb& verb) { return *std::ranges::find(verb_rows, verb.index(), &VerbRow::alternative); }

bool VerbRow::takes_it(Modifier modifier) const { return has(takes | of_every_step, modifier); }

} // namespace murphy::scenario
