#include "scenario/request.h"

#include "base/nearest.h"
#include "scenario/json_text.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

// RFC 9110, section 5.6.2: token.
bool is_token(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
  });
}

void check_method(Reading& reading, const Node& value) {
  const std::string& method = value.text;
  std::string upper = method;
  for (char& c : upper) {
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  }
  if (method != upper) {
    reading.error(value.span, "a method is written in capitals", "write \"" + upper + "\"");
  } else if (!is_token(method)) {
    reading.error(value.span, "\"" + method + "\" is not a method of HTTP",
                  "write one like \"GET\", \"POST\", \"PUT\", \"PATCH\" or \"DELETE\"");
  }
}

void read_headers(Reading& reading, const Entry& around, Context& context, Request& request) {
  if (!reading.expect_kind(around, Node::Kind::table, "a table with a value for each header")) return;
  for (const Member& member : around.value.members) {
    if (!is_token(member.key)) {
      reading.error(member.span, "\"" + member.key + "\" is not the name of a header",
                    R"(write one like "X-Request-Id")");
      continue;
    }
    const Entry at{member.key, R"(headers = { Accept = "application/json" })", member.value};
    if (auto text = reading.text(at, context)) request.headers.emplace_back(member.key, std::move(*text));
  }
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

Text plain_text(Reading& reading, const Span& span, std::string characters) {
  return {characters, reading.place(span), reading.source_line(span), {{false, characters}}};
}

} // namespace

std::optional<Request> read_request(Reading& reading, const Entry& around, Context& context) {
  const Node& table = around.value;
  if (!reading.expect_kind(around, Node::Kind::table, "a table")) return std::nullopt;
  const std::size_t before = reading.errors();
  reading.check_keys(table, request_keys);
  Request request;
  const Member* content = nullptr;
  for (const Member& member : table.members) {
    const Entry at = entry(member, request_keys);
    if (member.key == "method") {
      if (auto method = reading.filled_text(at, context)) {
        if (method->is_literal()) check_method(reading, member.value);
        request.method = std::move(*method);
      }
    } else if (member.key == "url") {
      if (auto url = reading.filled_text(at, context)) request.url = std::move(*url);
    } else if (member.key == "headers") {
      read_headers(reading, at, context, request);
    } else if (member.key == "body") {
      request.body = reading.text(at, context);
    } else if (member.key == "json") {
      request.json = json_text(reading, member.value, context);
    } else if (member.key == "form") {
      read_form(reading, at, context, request);
    }
    constexpr auto contents = std::to_array<std::string_view>({"body", "json", "form"});
    if (std::ranges::find(contents, member.key) == contents.end()) continue;
    if (content) {
      reading.error(member.span,
                    "a request has one content, but this one has both \"" + content->key + "\" and \"" + member.key +
                        "\"",
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
