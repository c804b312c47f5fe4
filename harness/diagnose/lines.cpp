#include "diagnose/lines.h"

#include "base/text.h"

#include <array>
#include <boost/json.hpp>

namespace murphy::diagnose {

namespace {

namespace json = boost::json;

// Without what steers a terminal (ECMA-48: control sequences, operating system commands) and other controls.
std::string without_controls(std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\x1b' && i + 1 < text.size()) {
      if (text[i + 1] == '[') {
        i += 2;
        while (i < text.size() && (text[i] < '@' || text[i] > '~') && text[i] != '\n') ++i;
      } else if (text[i + 1] == ']') {
        while (i < text.size() && text[i] != '\a' && text[i] != '\n') ++i;
      } else {
        ++i;
      }
      continue;
    }
    if (static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t') plain += c;
  }
  return plain;
}

// The members in which loggers put what happened: pino, bunyan, winston, zap, logrus, Serilog, Logstash, structlog,
// Monolog.
constexpr std::array<std::string_view, 22> telling = {
    "msg",       "message",   "Message", "@m",     "@mt",         "event",      "error", "err",
    "exception", "Exception", "@x",      "stack",  "stack_trace", "stacktrace", "trace", "exc_info",
    "detail",    "hint",      "context", "parent", "original",    "sql"};

void add_texts(const json::value& value, std::string& lines, int depth) {
  if (depth > 6) return;
  if (value.is_string()) {
    if (!lines.empty()) lines += '\n';
    lines += std::string_view(value.get_string());
  } else if (value.is_array()) {
    for (const json::value& each : value.get_array()) add_texts(each, lines, depth + 1);
  } else if (value.is_object()) {
    for (const std::string_view name : telling)
      if (const json::value* member = value.get_object().if_contains(name)) add_texts(*member, lines, depth + 1);
  }
}

// The texts of a line that is a logger's JSON object; empty for every other line.
std::string unwrapped(std::string_view line) {
  const std::string_view bare = trim(line);
  if (!bare.starts_with('{') || !bare.ends_with('}') || bare.size() > 1'000'000) return {};
  boost::system::error_code failed;
  const json::value value = json::parse(bare, failed);
  if (failed || !value.is_object()) return {};
  std::string lines;
  add_texts(value, lines, 0);
  return lines;
}

} // namespace

std::string readable(std::string_view text) {
  const std::string plain = without_controls(is_utf8(text) ? std::string(text) : repair_utf8(text));
  if (!plain.contains('{')) return plain;
  std::string lines;
  lines.reserve(plain.size());
  for (const std::string_view line : split(plain, '\n')) {
    const std::string texts = unwrapped(line);
    lines += texts.empty() ? line : std::string_view(texts);
    lines += '\n';
  }
  lines.pop_back();
  return lines;
}

std::string readable(const std::vector<std::string>& pieces) { return readable(join(pieces, "\n")); }

} // namespace murphy::diagnose
