// Reads what requests carry beside their content: headers, cookies and the credentials of HTTP authentication.
#pragma once

#include "scenario/reading.h"

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace murphy::scenario {

// A table with a text for each header. What cannot be read is reported and left out.
std::vector<std::pair<std::string, Text>> read_headers(Reading& reading, const Entry& around, Context& context);

// A text, or { basic = [name, password] } or { digest = […] }. Nothing when it has errors.
std::optional<AuthorizationText> read_authorization(Reading& reading, const Entry& at, Context& context);

// The verbs. Each gets its own entry and the step around it.
std::optional<Authorize> read_authorize_step(Reading& reading, const Member& verb, const Node& step, Context& context);
std::optional<SetHeaders> read_headers_step(Reading& reading, const Member& verb, const Node& step, Context& context);
std::optional<SetCookies> read_cookie_step(Reading& reading, const Member& verb, const Node& step, Context& context);

} // namespace murphy::scenario
