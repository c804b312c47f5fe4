#include "scenario/csrf.h"

#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

constexpr auto in_csrf = std::to_array<Key>({
    {"cookie", R"({ cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN" })"},
    {"meta", R"({ meta = "csrf-token", header = "X-CSRF-Token" })"},
    {"header", R"({ cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN" })"},
    {"open", R"(open = "/csrf-cookie")"},
});

std::optional<std::string> read_name(Reading& reading, const Member& member, std::string_view of) {
  std::optional<std::string> name = reading.filled_literal(entry(member, csrf_keys));
  if (!name || is_token(*name)) return name;
  reading.error(member.value.span, "\"" + *name + "\" is not the name of " + std::string(of),
                "write " + std::string(csrf_keys.find(member.key)->example));
  return std::nullopt;
}

} // namespace

const Vocabulary csrf_keys{"csrf", in_csrf};

bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return is_letter(c) || is_digit(c) || std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

std::optional<CsrfToken> read_csrf(Reading& reading, const Entry& around, Context& context) {
  const Node& table = around.value;
  if (!reading.expect_kind(around, Node::Kind::table, "a table that says where the token is and where it goes")) {
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  reading.check_keys(table, csrf_keys);
  CsrfToken token;
  const Member* cookie = table.find("cookie");
  const Member* meta = table.find("meta");
  if (cookie && meta) {
    reading.error(meta->span, "the CSRF token is in one place, but this one has both \"cookie\" and \"meta\"",
                  "keep one of them");
  } else if (cookie) {
    token.name = read_name(reading, *cookie, "a cookie").value_or("");
  } else if (meta) {
    token.from = CsrfToken::From::meta;
    token.name = reading.filled_literal(entry(*meta, csrf_keys)).value_or("");
  } else if (reading.errors() == before) {
    reading.error(table.span, "\"csrf\" does not say where the token is",
                  "write " + std::string(csrf_keys.find("cookie")->example) + " or " +
                      std::string(csrf_keys.find("meta")->example));
  }
  if (const Member* header = table.find("header")) {
    token.header = read_name(reading, *header, "a header").value_or("");
  } else if (reading.errors() == before) {
    reading.error(table.span, "\"csrf\" does not say which header takes the token",
                  "write " + std::string(csrf_keys.find("header")->example));
  }
  if (const Member* open = table.find("open")) token.open = reading.filled_text(entry(*open, csrf_keys), context);
  if (reading.errors() > before) return std::nullopt;
  return token;
}

} // namespace murphy::scenario
