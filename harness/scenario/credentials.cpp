#include "scenario/credentials.h"

#include "base/text.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

constexpr std::size_t name_and_password = 2;

std::optional<AuthorizationText> read_account(Reading& reading, const Member& scheme, Context& context) {
  const Entry at = entry(scheme, authorization_keys);
  if (!reading.expect_kind(at, Node::Kind::array, "a name and a password")) return std::nullopt;
  if (scheme.value.items.size() != name_and_password) {
    reading.error(scheme.value.span, "\"" + scheme.key + "\" takes two texts, a name and a password",
                  "write " + std::string(at.example));
    return std::nullopt;
  }
  AuthorizationText authorization;
  authorization.scheme = scheme.key == "basic" ? Authorization::Scheme::basic : Authorization::Scheme::digest;
  auto user = reading.filled_text({at.key, at.example, scheme.value.items.front()}, context);
  const bool around = context.secret;
  context.secret = !context.reach.steps; // what a scenario writes out is no secret
  auto password = reading.text({at.key, at.example, scheme.value.items.back()}, context);
  context.secret = around;
  if (!user || !password) return std::nullopt;
  const bool has_colon = std::ranges::any_of(
      user->parts(), [](const Text::Part& part) { return !part.reference && part.text.contains(':'); });
  if (has_colon && authorization.scheme == Authorization::Scheme::basic) {
    reading.error(scheme.value.items.front().span, "a name with a colon cannot be sent by Basic",
                  "the first colon ends the name: RFC 7617, section 2");
    return std::nullopt;
  }
  authorization.user = std::move(*user);
  authorization.secret = std::move(*password);
  return authorization;
}

} // namespace

std::vector<std::pair<std::string, Text>> read_headers(Reading& reading, const Entry& around, Context& context) {
  std::vector<std::pair<std::string, Text>> headers;
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a value for each header")) return headers;
  for (const Member& member : around.value.members) {
    if (!is_http_token(member.key)) {
      reading.error(member.span, "\"" + member.key + "\" is not the name of a header",
                    R"(write one like "X-Request-Id")");
      continue;
    }
    const Entry at{member.key, R"(headers = { Accept = "application/json" })", member.value};
    if (auto text = reading.text(at, context)) headers.emplace_back(member.key, std::move(*text));
  }
  return headers;
}

std::optional<AuthorizationText> read_authorization(Reading& reading, const Entry& at, Context& context) {
  const Node& value = at.value;
  if (value.is(Node::Kind::text)) {
    auto text = reading.filled_text(at, context);
    if (!text) return std::nullopt;
    return AuthorizationText{.scheme = Authorization::Scheme::as_written, .user = {}, .secret = std::move(*text)};
  }
  if (!value.is(Node::Kind::table)) {
    reading.wrong_type(at, "text, { basic = […] } or { digest = […] }");
    return std::nullopt;
  }
  reading.check_keys(value, authorization_keys);
  const Member* basic = value.find("basic");
  const Member* digest = value.find("digest");
  if ((basic != nullptr) == (digest != nullptr)) {
    if (basic || value.members.empty()) {
      reading.error(basic ? digest->span : value.span, "\"authorize\" takes one scheme",
                    "write " + std::string(authorization_keys.keys.front().example) + ", or digest in place of basic");
    }
    return std::nullopt;
  }
  return read_account(reading, basic ? *basic : *digest, context);
}

std::optional<Authorize> read_authorize_step(Reading& reading, const Member& verb, const Node&, Context& context) {
  if (verb.value.is(Node::Kind::boolean) && !verb.value.boolean) return Authorize{};
  auto with = read_authorization(reading, entry(verb, step_keys), context);
  if (!with) return std::nullopt;
  return Authorize{std::move(with)};
}

std::optional<SetHeaders> read_headers_step(Reading& reading, const Member& verb, const Node&, Context& context) {
  const std::size_t before = reading.errors();
  const Entry at = entry(verb, step_keys);
  SetHeaders step{read_headers(reading, at, context)};
  if (reading.errors() == before && step.headers.empty()) reading.is_empty(at);
  if (reading.errors() > before) return std::nullopt;
  return step;
}

std::optional<SetCookies> read_cookie_step(Reading& reading, const Member& verb, const Node&, Context& context) {
  const std::size_t before = reading.errors();
  const Entry at = entry(verb, step_keys);
  if (!reading.expect_kind(at, Node::Kind::table, "a table with a value for each cookie")) return std::nullopt;
  if (verb.value.members.empty()) reading.is_empty(at);
  SetCookies step;
  for (const Member& member : verb.value.members) {
    if (!is_http_token(member.key)) {
      reading.error(member.span, "\"" + member.key + "\" is not the name of a cookie", "write one like \"session_id\"");
    } else if (member.value.is(Node::Kind::boolean) && !member.value.boolean) {
      step.cookies.emplace_back(member.key, std::nullopt);
    } else if (!member.value.is(Node::Kind::text)) {
      reading.wrong_type({member.key, at.example, member.value}, "text, or false to remove the cookie");
    } else if (auto text = reading.text({member.key, at.example, member.value}, context)) {
      step.cookies.emplace_back(member.key, std::move(*text));
    }
  }
  if (reading.errors() > before) return std::nullopt;
  return step;
}

} // namespace murphy::scenario
