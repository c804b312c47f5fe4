// Reads the verbs, but for those with a file of their own: `use` (flows.h), `validate` (validation.h) and `request`
// (request.h).
#pragma once

#include "scenario/reading.h"

#include <optional>

namespace murphy::scenario {

// Each gets the verb's own entry and the step around it, and gives nothing when it has reported an error.
std::optional<Open> read_open_step(Reading& reading, const Member& verb, const Node& step, Context& context);
std::optional<Submit> read_submit_step(Reading& reading, const Member& verb, const Node& step, Context& context);
std::optional<Click> read_click_step(Reading& reading, const Member& verb, const Node& step, Context& context);
std::optional<SignIn> read_sign_in_step(Reading& reading, const Member& verb, const Node& step, Context& context);
std::optional<SignOut> read_sign_out_step(Reading& reading, const Member& verb, const Node& step, Context& context);
std::optional<Session> read_session_step(Reading& reading, const Member& verb, const Node& step, Context& context);
// A step that only expects: what it expects is a modifier.
std::optional<ExpectOnly> read_expect_only(Reading& reading, const Member& verb, const Node& step, Context& context);

} // namespace murphy::scenario
