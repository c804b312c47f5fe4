#include "reports/curl.h"

#include "base/text.h"
#include "reports/plain_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <optional>

namespace murphy::reports {

namespace {

constexpr std::size_t longest_body = 8'192;
constexpr std::string_view open = "‹", close = "›";

// Set by curl, or by the jar; and the ids by which Murphy finds the lines of a request.
constexpr auto left_out = std::to_array<std::string_view>(
    {"host", "cookie", "content-length", "connection", "accept-encoding", "traceparent", "x-request-id"});

// The name of a variable for a mask: "ada.password" gives ADA_PASSWORD. None for what is no mask.
std::optional<std::string> variable_of(std::string_view mask) {
  if (mask.empty() || mask.size() > 60) return std::nullopt;
  std::string name;
  for (const char c : mask) {
    const bool fits = is_alphanumeric(c);
    if (!fits && c != '.' && c != ':' && c != '-' && c != '_' && c != '[' && c != ']') return std::nullopt;
    name += fits ? c : '_';
  }
  if (is_digit(name.front())) name.insert(0, "_");
  return ascii_upper(name);
}

// In single quotes, with masks as variables between them.
std::string quoted(std::string_view text) {
  std::string result = "'";
  for (std::size_t i = 0; i < text.size();) {
    if (text.substr(i).starts_with(open)) {
      const std::size_t end = text.find(close, i);
      const auto name = end == std::string_view::npos
                            ? std::nullopt
                            : variable_of(text.substr(i + open.size(), end - i - open.size()));
      if (name) {
        result += fmt::format("'\"${{{}}}\"'", *name);
        i = end + close.size();
        continue;
      }
    }
    if (text[i] == '\'')
      result += "'\\''";
    else
      result += text[i];
    ++i;
  }
  return result + "'";
}

} // namespace

std::string curl(const record::Exchange& exchange) {
  std::string line = "curl -sS -i -b jar -c jar";
  // Of a request with a body curl sends POST by itself.
  const bool has_body = !exchange.request_body.empty();
  if (exchange.method != (has_body ? "POST" : "GET")) line += " -X " + quoted(plain_line(exchange.method));
  for (const record::Header& header : exchange.request_headers) {
    if (std::ranges::find(left_out, ascii_lower(header.name)) != left_out.end()) continue;
    line += " -H " + quoted(plain_line(header.name) + ": " + plain_line(header.value));
  }
  if (has_body) {
    const bool is_long = exchange.request_body.size() > longest_body;
    line += is_long ? " --data-binary @body.txt" : " --data-raw " + quoted(plain_text(exchange.request_body));
  }
  return line + " " + quoted(plain_line(exchange.url));
}

} // namespace murphy::reports
