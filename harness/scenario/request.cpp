#include "scenario/request.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/alternatives.h"
#include "scenario/credentials.h"
#include "scenario/csrf.h"
#include "scenario/json_text.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

void check_method(Reading& reading, const Node& value) {
  const std::string& method = value.text;
  const std::string upper = ascii_upper(method);
  if (method != upper) {
    reading.error(value.span, "a method is written in capitals", "write \"" + upper + "\"");
  } else if (!is_http_token(method)) {
    reading.error(value.span, "\"" + method + "\" is not a method of HTTP",
                  "write one like \"GET\", \"POST\", \"PUT\", \"PATCH\" or \"DELETE\"");
  }
}

void read_method(Reading& reading, const Entry& at, Context& context, Request& request) {
  std::optional<Text> method = reading.filled_text(at, context);
  if (!method) return;
  if (method->is_literal()) check_method(reading, at.value);
  request.method = std::move(*method);
}

void read_form(Reading& reading, const Entry& around, Context& context, Request& request) {
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a value for each name")) return;
  for (const Member& member : around.value.members) {
    const Text name = reading.key_text(member, context);
    std::vector<const Node*> values;
    if (member.value.is(Node::Kind::array)) {
      for (const Node& item : member.value.items) values.push_back(&item);
    } else {
      values.push_back(&member.value);
    }
    for (const Node* value : values) {
      if (value->is(Node::Kind::integer)) {
        request.form.emplace_back(name, reading.checked_text(*value, std::to_string(value->integer), context));
      } else if (auto text = reading.text({member.key, around.example, *value}, context)) {
        request.form.emplace_back(name, std::move(*text));
      }
    }
  }
}

struct SentAsRow {
  std::string_view name;
  SentAs as;
};
constexpr auto senders = std::to_array<SentAsRow>({
    {"client", SentAs::client},
    {"script", SentAs::script},
    {"page", SentAs::page},
});

void read_as(Reading& reading, const Entry& at, Context&, Request& request) {
  const std::optional<std::string> name = reading.filled_literal(at);
  if (!name) return;
  const auto row = std::ranges::find(senders, *name, &SentAsRow::name);
  if (row != senders.end()) {
    request.as = row->as;
    return;
  }
  std::vector<std::string> names;
  for (const SentAsRow& each : senders) names.emplace_back(each.name);
  std::string hint = did_you_mean(*name, names);
  reading.error(at.value.span, "a request cannot go out as \"" + *name + "\"",
                hint.empty() ? "write one of " + listed(names) : std::move(hint));
}

void read_own_csrf(Reading& reading, const Entry& at, Context& context, Request& request) {
  if (!at.value.is(Node::Kind::boolean)) {
    request.csrf = read_csrf(reading, at, context);
    return;
  }
  if (!at.value.boolean) {
    request.csrf.reset();
  } else if (!request.csrf && context.reach.checks.project_is_whole) {
    reading.error(at.value.span, "the project file does not say where the CSRF token is",
                  "write " + std::string(csrf_keys.find("cookie")->example) + ", here or as csrf of [app]");
  }
}

Text plain_text(Reading& reading, const Span& span, std::string characters) {
  return {characters, reading.place(span), reading.source_line(span), {}};
}

// Whether a key says what is sent: a request sends one thing.
enum class Part { head, content };

struct RequestRow {
  std::string_view key;
  std::string_view example;
  Part part;
  void (*read)(Reading&, const Entry&, Context&, Request&) = nullptr;
};

constexpr auto request_rows = std::to_array<RequestRow>({
    {"method", R"(request.method = "POST")", Part::head, read_method},
    {"url", R"(request.url = "/api/session")", Part::head,
     [](Reading& reading, const Entry& at, Context& context, Request& request) {
       request.url = reading.filled_text(at, context).value_or(Text());
     }},
    {"headers", R"(request.headers = { Accept = "application/json" })", Part::head,
     [](Reading& reading, const Entry& at, Context& context, Request& request) {
       request.headers = read_headers(reading, at, context);
     }},
    {"as", R"(request.as = "script")", Part::head, read_as},
    {"csrf", R"(request.csrf = { cookie = "XSRF-TOKEN", header = "X-XSRF-TOKEN" })", Part::head, read_own_csrf},
    {"body", R"(request.body = "plain text")", Part::content,
     [](Reading& reading, const Entry& at, Context& context, Request& request) {
       request.body = reading.text(at, context);
     }},
    {"json", R"(request.json = { email = "${ada.email}" })", Part::content,
     [](Reading& reading, const Entry& at, Context& context, Request& request) {
       request.json = json_text(reading, at.value, context);
     }},
    {"form", R"(request.form = { email = "${ada.email}" })", Part::content, read_form},
});
static_assert(are_whole(request_rows),
              "a part of a request lacks its key, its example or its reader, or has the key of another");

constexpr auto in_request = keys_of(request_rows);

} // namespace

const Vocabulary request_keys{"request", in_request};

std::optional<Request> read_request(Reading& reading, const Member& verb, const Node&, Context& context) {
  const Node& table = verb.value;
  if (!reading.expect_kind(entry(verb, step_keys), Node::Kind::table, "a table")) return std::nullopt;
  const std::size_t before = reading.errors();
  reading.check_keys(table, request_keys);
  Request request;
  // Programs send JSON, browsers everything else, unless the request says otherwise.
  request.as = table.find("json") ? SentAs::client : SentAs::page;
  request.csrf = context.reach.project.app.csrf;
  const Member* content = nullptr;
  for (const Member& member : table.members) {
    const auto row = std::ranges::find(request_rows, member.key, &RequestRow::key);
    if (row == request_rows.end()) continue;
    row->read(reading, entry(member, request_keys), context, request);
    if (row->part != Part::content) continue;
    if (content) {
      reading.error(member.span,
                    "a request has one body, but this one has both \"" + content->key + "\" and \"" + member.key + "\"",
                    "keep one of body, json and form");
    }
    content = &member;
  }
  if (!table.find("url") && !has_misspelled(table, "url", request_keys)) {
    reading.error(table.span, "this request has no \"url\"", R"(write request = { method = "GET", url = "/api/me" })");
  }
  if (!table.find("method")) request.method = plain_text(reading, table.span, content ? "POST" : "GET");
  if (reading.errors() > before) return std::nullopt;
  return request;
}

} // namespace murphy::scenario
