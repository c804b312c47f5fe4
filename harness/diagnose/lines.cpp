#include "diagnose/lines.h"

#include "base/html_entities.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cctype>
#include <initializer_list>
#include <optional>
#include <system_error>

namespace murphy::diagnose {

namespace {

namespace json = boost::json;

// Without what steers a terminal (ECMA-48: control sequences, operating system commands) and other controls.
std::string without_controls(std::string_view text) {
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 || c == '\n' || c == '\t'; };
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::size_t run = i;
    while (i < text.size() && is_plain(text[i])) ++i;
    plain += text.substr(run, i - run);
    if (i + 1 < text.size() && text[i] == '\x1b') {
      if (text[i + 1] == '[') {
        i += 2;
        while (i < text.size() && (text[i] < '@' || text[i] > '~') && text[i] != '\n') ++i;
      } else if (text[i + 1] == ']') {
        while (i < text.size() && text[i] != '\a' && text[i] != '\n') ++i;
      } else {
        ++i;
      }
    }
  }
  return plain;
}

// Whether all characters of a text that has some are of that kind.
bool is_all(std::string_view text, bool (*is_one)(char)) { return !text.empty() && std::ranges::all_of(text, is_one); }

// "web-1  | ", "10:11:12 web.1  | ", "0|app  | ". A number alone is a line of code: "12 | user.name".
std::string_view behind_bar(std::string_view line) {
  constexpr std::size_t farthest = 80;
  constexpr std::string_view bar = " | ", clock = "00:00:00 ";
  const std::size_t at = line.substr(0, farthest).find(bar);
  if (at == std::string_view::npos || line.front() == ' ') return line;
  std::string_view name = trim(line.substr(0, at));
  if (name.size() > clock.size() && name[2] == ':' && name[5] == ':' && name[8] == ' ')
    name.remove_prefix(clock.size());
  if (const std::size_t number = name.find('|'); is_all(name.substr(0, number), is_digit) && number < name.size())
    name.remove_prefix(number + 1);
  const bool is_name = is_all(name, is_of_token) && std::isalpha(static_cast<unsigned char>(name.front())) != 0;
  return is_name ? line.substr(at + bar.size()) : line;
}

// "2026-11-20T10:11:12.101203001Z stderr F ": of a whole line, or of a part of one.
std::string_view behind_stream(std::string_view line) {
  constexpr std::size_t longest_time = 36;
  if (line.empty() || !is_digit(line.front())) return line;
  const std::size_t at = line.substr(0, longest_time).find(" std");
  if (at == std::string_view::npos || line.substr(0, at).contains(' ')) return line;
  const std::string_view stream = line.substr(at, std::string_view(" stderr F ").size());
  const bool is_stream = (stream.starts_with(" stderr ") || stream.starts_with(" stdout ")) &&
                         (stream.ends_with(" F ") || stream.ends_with(" P "));
  return is_stream ? line.substr(at + stream.size()) : line;
}

std::string_view behind_pod(std::string_view line) {
  const std::size_t end = line.starts_with("[pod/") ? line.find("] ") : std::string_view::npos;
  return end == std::string_view::npos || line.substr(0, end).contains(' ') ? line : line.substr(end + 2);
}

// The length of "2026-11-20T10:11:12.101203+00:00 " or "Nov 20 10:11:12 "; 0 where the line begins with no time.
std::size_t time_before(std::string_view line) {
  constexpr std::string_view day_and_clock = "Nov 20 10:11:12 ";
  if (line.size() > day_and_clock.size() && line[3] == ' ' && line[6] == ' ' && line[9] == ':' && line[12] == ':' &&
      line[15] == ' ')
    return day_and_clock.size();
  const std::size_t end = line.find(' ');
  return end != std::string_view::npos && end > 18 && line[4] == '-' && line[7] == '-' && line[10] == 'T' ? end + 1 : 0;
}

// The same for "2026-11-20 10:11:12 ", too, which stands before a level as often as before a process.
std::size_t any_time_before(std::string_view line) {
  constexpr std::string_view date_and_clock = "2026-11-20 10:11:12";
  if (line.size() <= date_and_clock.size() || line[4] != '-' || line[7] != '-' || line[10] != ' ' || line[13] != ':' ||
      line[16] != ':')
    return time_before(line);
  return std::min(line.find(' ', date_and_clock.size()), line.size() - 1) + 1;
}

// "Nov 20 10:11:12 web app[12]: ", "2026-11-20T10:11:12.101203+00:00 app[web.1]: ".
std::string_view behind_process(std::string_view line) {
  constexpr std::size_t farthest = 160;
  const std::size_t end = line.substr(0, farthest).find("]: "), time = time_before(line);
  if (end == std::string_view::npos || time == 0 || time > end) return line;
  std::string_view process = line.substr(time, end - time);
  const std::size_t open = process.find('[');
  if (open == std::string_view::npos || !is_all(process.substr(open + 1), is_of_token)) return line;
  process = process.substr(0, open);
  if (const std::size_t host = process.find(' '); host != std::string_view::npos) {
    if (!is_all(process.substr(0, host), is_of_token)) return line;
    process.remove_prefix(host + 1);
  }
  return is_all(process, is_of_token) ? line.substr(end + 3) : line;
}

// Whether loggers put what happened into a member of this name: "msg", "message", "sqlMessage", "internal_error",
// "stack_trace", "exc_info" …
bool is_telling(std::string_view name) {
  static constexpr std::array<std::string_view, 14> parts = {"msg",    "message", "err",   "exception", "exc_info",
                                                             "stack",  "trace",   "cause", "reason",    "detail",
                                                             "descri", "hint",    "event", "context"};
  static constexpr std::array<std::string_view, 8> whole = {"@m",       "@mt", "@x",  "parent",
                                                            "original", "sql", "log", "attr"};
  const std::string lower = ascii_lower(name);
  return std::ranges::find(whole, std::string_view(lower)) != whole.end() ||
         std::ranges::any_of(parts, [&](std::string_view part) { return lower.contains(part); });
}

void add_texts(const json::value& value, std::string& lines, int depth) {
  if (depth > 6) return;
  if (value.is_string()) {
    if (!lines.empty()) lines += '\n';
    lines += std::string_view(value.get_string());
  } else if (value.is_array()) {
    for (const json::value& each : value.get_array()) add_texts(each, lines, depth + 1);
  } else if (value.is_object()) {
    for (const auto& member : value.get_object())
      if (is_telling(member.key())) add_texts(member.value(), lines, depth + 1);
  }
}

// "INFO " for a logger's object about something ordinary, "WARN " for a warning; nothing for what is worse.
std::string_view level_of(const json::object& object) {
  for (const std::string_view name : {"level", "severity", "lvl", "@l", "log.level"}) {
    const json::value* level = object.if_contains(name);
    if (level == nullptr) continue;
    // pino and bunyan: 30 is info, 40 a warning.
    if (level->is_int64()) return level->get_int64() <= 30 ? "INFO " : level->get_int64() <= 40 ? "WARN " : "";
    if (!level->is_string()) continue;
    const std::string word = ascii_lower(std::string_view(level->get_string()));
    if (word == "info" || word == "debug" || word == "trace" || word == "notice" || word == "information")
      return "INFO ";
    return word.starts_with("warn") ? "WARN " : "";
  }
  return {};
}

// The text or the number of the first member of these names, in the object or in one of those in it that are about a
// request.
std::string member_of(const json::object& object, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names)
    if (const json::value* value = object.if_contains(name)) {
      if (value->is_string()) return std::string(value->get_string());
      if (value->is_int64()) return std::to_string(value->get_int64());
    }
  for (const std::string_view inner : {"req", "request", "res", "response", "http", "httpRequest"})
    if (const json::value* value = object.if_contains(inner); value != nullptr && value->is_object())
      if (std::string found = member_of(value->get_object(), names); !found.empty()) return found;
  return {};
}

// "POST /login 302" of an object about a request; empty for every other one.
std::string request_in(const json::object& object) {
  const std::string method = member_of(object, {"method", "RequestMethod", "requestMethod", "request_method"});
  const std::string path = member_of(object, {"path", "url", "uri", "RequestPath", "requestPath", "request_uri"});
  const std::string status = member_of(object, {"status", "statusCode", "status_code", "StatusCode", "code"});
  if (method.empty() || !path.starts_with('/') || status.size() != 3) return {};
  return method + " " + path + " " + status;
}

// The texts of a line that is a logger's JSON object, whatever collected the logs wrote before it; empty for every
// other line.
std::string unwrapped(std::string_view line) {
  std::string_view bare = trim(line);
  const std::size_t begin = bare.find("{\"");
  if (begin == std::string_view::npos || !bare.ends_with('}') || bare.size() > 1'000'000) return {};
  // An object behind a message is its context, not the message.
  const std::string_view before = trim(bare.substr(0, begin));
  if (before.size() > 120 || (!before.empty() && !before.ends_with('|') && !before.ends_with(':') &&
                              !before.ends_with(']') && !before.ends_with('Z') && !is_digit(before.back())))
    return {};
  bare.remove_prefix(begin);
  boost::system::error_code failed;
  const json::value value = json::parse(bare, failed);
  if (failed || !value.is_object()) return {};
  std::string lines;
  add_texts(value, lines, 0);
  if (const std::string request = request_in(value.get_object()); !request.empty()) {
    if (lines.empty()) lines = bare;
    lines += '\n' + request;
  }
  return lines.empty() ? lines : std::string(level_of(value.get_object())) + lines;
}

// Text in double quotes with its escapes undone.
std::string unescaped(std::string_view quoted) {
  std::string text;
  for (std::size_t i = 0; i < quoted.size(); ++i) {
    if (quoted[i] != '\\' || i + 1 >= quoted.size()) {
      text += quoted[i];
      continue;
    }
    const char c = quoted[++i];
    text += c == 'n' ? '\n' : c == 't' ? '\t' : c;
  }
  return text;
}

// The messages in a line of `name="text"` or `name: "text"` (logfmt, Rust's and Go's debug output), where their quotes
// are escaped: on lines of their own behind it, as they were before somebody wrapped them.
std::string messages_in(std::string_view line) {
  std::string lines;
  for (std::size_t at = line.find('"'); at != std::string_view::npos;) {
    std::size_t end = at + 1;
    while (end < line.size() && line[end] != '"') end += line[end] == '\\' ? 2 : 1;
    if (end >= line.size()) break;
    const std::string_view quoted = line.substr(at + 1, end - at - 1);
    const bool belongs =
        at > 0 && (line[at - 1] == '=' || line[at - 1] == '(' || line[at - 1] == ' ' || line[at - 1] == ':');
    if (belongs && quoted.contains("\\\"")) lines += '\n' + unescaped(quoted);
    at = line.find('"', end + 1);
  }
  return lines;
}

// How Pydantic ends what it says of a field: with "[type=missing, …" since 2.0, with "(type=value_error.missing)"
// before.
bool says_type_of_error(std::string_view line) { return line.contains(" [type=") || line.contains(" (type="); }

// Pydantic writes which field it is about on the line before what is wrong with it, and of which class before all of
// them: "Settings.jwt_secret: Field required [type=missing, …".
std::string with_names_of_fields(std::string_view text) {
  constexpr std::string_view words = " for ", wrong = "  ";
  std::string joined;
  joined.reserve(text.size());
  std::string_view owner, field;
  for (const std::string_view whole : split(text, '\n')) {
    const std::string_view line = whole.substr(any_time_before(whole));
    const std::size_t errors = line.find("validation error");
    if (const std::size_t at = line.find(words, errors);
        errors != std::string_view::npos && at != std::string_view::npos)
      owner = trim(line.substr(at + words.size()));
    if (!owner.empty() && !field.empty() && line.starts_with(wrong) && says_type_of_error(line)) {
      joined.resize(joined.size() - field.size() - 1);
      joined += std::string(owner) + "." + std::string(field) + ": ";
      joined += trim(line);
    } else {
      joined += whole;
    }
    joined += '\n';
    field = is_all(line, is_of_token) ? line : std::string_view();
  }
  joined.pop_back();
  return joined;
}

} // namespace

bool is_of_token(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '.' || c == '_' || c == '-';
}

std::string without_entities(std::string text) {
  constexpr std::size_t longest = 8;
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text[at] == '&' ? text.find(';', at) : std::string::npos;
    if (end != std::string::npos && end - at <= longest) {
      // Escaping functions write these for what HTML has a use for: all of them ASCII.
      const auto character = html_reference(std::string_view(text).substr(at + 1, end - at - 1));
      if (character && *character >= 0x20 && *character < 0x7f) {
        plain += static_cast<char>(*character);
        at = end + 1;
        continue;
      }
    }
    plain += text[at++];
  }
  return plain;
}

std::string_view without_collector(std::string_view line) {
  constexpr int most = 3; // one collector reads what another has written
  for (int i = 0; i < most; ++i) {
    const std::string_view behind = behind_process(behind_stream(behind_pod(behind_bar(line))));
    if (behind.size() == line.size()) break;
    line = behind;
  }
  return line;
}

std::string readable(std::string_view text) {
  const std::string plain = without_controls(is_utf8(text) ? std::string(text) : repair_utf8(text));
  std::string lines;
  lines.reserve(plain.size());
  for (const std::string_view whole : split(plain, '\n')) {
    const std::string_view line = without_collector(whole);
    const std::string texts = unwrapped(line);
    lines += texts.empty() ? line : std::string_view(texts);
    if (texts.empty() && line.contains("\\\"")) lines += messages_in(line);
    lines += '\n';
  }
  lines.pop_back();
  return says_type_of_error(lines) ? with_names_of_fields(lines) : lines;
}

std::string readable(const std::vector<std::string>& pieces) { return readable(join(pieces, "\n")); }

} // namespace murphy::diagnose
