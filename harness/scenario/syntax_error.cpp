#include "scenario/syntax_error.h"

#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <utility>

namespace murphy::scenario {

namespace {

// The place at fault while its words are being found: a line as code points, the same line as it may be shown, and
// where on it toml++ stopped (from 0).
struct Stop {
  std::u32string line;
  std::u32string shown;
  std::size_t at = 0;
  std::size_t length = 1;
};

// What may be repeated of the line from the place on.
std::u32string repeated(const Stop& stop) {
  return stop.shown.substr(std::min(stop.at, stop.shown.size()), stop.length);
}

std::u32string code_points(std::string_view text) {
  std::u32string result;
  while (!text.empty()) result += next_code_point(text);
  return result;
}

std::string utf8(std::u32string_view text) {
  std::string result;
  for (const char32_t c : text) append_utf8(result, c);
  return result;
}

bool is_blank(char32_t c) { return c == U' ' || c == U'\t'; }

// Moves the place to the whole of the unquoted value around it: from behind the last "=", "[", "{" or "," to the next
// "," or closing bracket, comment, or the end of the line.
void widen_to_value(Stop& stop) {
  const std::u32string_view line = stop.line;
  std::size_t begin = std::min(stop.at, line.size());
  while (begin > 0 && std::u32string_view(U"=[{,").find(line[begin - 1]) == std::u32string_view::npos) --begin;
  while (begin < line.size() && is_blank(line[begin])) ++begin;
  std::size_t end = std::min(line.find_first_of(U",]}#", begin), line.size());
  while (end > begin && is_blank(line[end - 1])) --end;
  stop.at = begin;
  stop.length = std::max<std::size_t>(1, end - begin);
}

// Where on the line the text begins that is still open at its end, if one is.
std::optional<std::size_t> open_quote(std::u32string_view line) {
  std::optional<std::size_t> open;
  char32_t quote = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (quote == 0 && line[i] == U'#') break;
    if (quote == 0 && (line[i] == U'"' || line[i] == U'\'')) {
      quote = line[i];
      open = i;
    } else if (quote == U'"' && line[i] == U'\\') {
      ++i;
    } else if (quote != 0 && line[i] == quote) {
      quote = 0;
      open.reset();
    }
  }
  return open;
}

bool holds(std::string_view message, std::string_view part) { return message.find(part) != std::string_view::npos; }

// What stands between the first and the last apostrophe of the message.
std::string named(std::string_view message) {
  const std::size_t first = message.find('\'');
  if (first == std::string_view::npos) return {};
  const std::size_t last = message.find('\'', first + 1);
  return std::string(message.substr(first + 1, last == std::string_view::npos ? last : last - first - 1));
}

// The line above `from` (from 1) that begins with `start`, followed by white space, `=` or nothing; not looking past a
// table header unless a header is looked for.
std::optional<std::size_t> earlier_line(const std::vector<std::string_view>& lines, std::size_t from,
                                        std::string_view start) {
  for (std::size_t number = from - 1; number > 0; --number) {
    const std::string_view line = trim(lines[number - 1]);
    if (line.starts_with(start)) {
      const std::string_view rest = trim(line.substr(start.size()));
      if (rest.empty() || rest.front() == '=' || rest.front() == '#') return number;
    }
    if (line.starts_with("[") && !start.starts_with("[")) return std::nullopt;
  }
  return std::nullopt;
}

struct Words {
  std::string what;
  std::string hint;
};

Words unquoted_value(const Stop& stop) {
  const std::u32string value = repeated(stop);
  std::string lower = ascii_lower(utf8(value));
  if (value.find_first_of(U"“”„‘’«»") != std::u32string::npos) {
    return {"text needs straight quotes, not these", R"(write "…" or '…')"};
  }
  if (lower == "yes" || lower == "on" || lower == "true") return {"this is not a TOML value", "write true"};
  if (lower == "no" || lower == "off" || lower == "false") return {"this is not a TOML value", "write false"};
  if (lower == "null" || lower == "nil" || lower == "none") {
    return {"TOML has no empty value", "remove the key, or write \"\" for empty text"};
  }
  if (value.starts_with(U'=')) return {"there is one \"=\" too many", "write key = value"};
  const bool hidden = value.find_first_not_of(U'*') == std::u32string::npos;
  return {"this is not a TOML value; text needs quotes", hidden ? "put it in quotes" : "write \"" + utf8(value) + "\""};
}

Words broken_inline_table(const std::vector<std::string_view>& shown, std::size_t line) {
  const std::string_view text = trim(shown[line - 1]);
  const std::size_t brace = text.find('{');
  const std::string_view key = brace == std::string_view::npos ? text : trim(text.substr(0, brace));
  const bool is_setting = key.size() > 1 && key.ends_with("=");
  Words words{"a table in braces must end on its first line", {}};
  if (is_setting && !key.starts_with("with") && !key.starts_with("expect") && !key.starts_with("capture")) {
    const std::string name(trim(key.substr(0, key.size() - 1)));
    words.hint = "put it on one line, or write it with a line for each key:\n\n" + name + ".page = \"/login\"\n" +
                 name + ".submit = \"Sign in\"";
  } else {
    words.hint = "put it on one line, or write the steps of this scenario as tables:\n\n"
                 "[[scenario.steps]]\n"
                 "submit = \"Sign in\"\n"
                 "with.Email = \"${ada.email}\"\n"
                 "expect.status = 200";
  }
  return words;
}

// The key with quotes in it whose value the place is at or in: where it begins, and its length. Keys that repeat are
// named from the line: what toml++ says of quoted ones is garbled.
std::optional<std::pair<std::size_t, std::size_t>> quoted_key_before(const Stop& stop) {
  const std::u32string_view line = stop.line;
  const std::size_t equals = line.rfind(U'=', stop.at);
  if (equals == std::u32string_view::npos) return std::nullopt;
  std::size_t end = equals;
  while (end > 0 && is_blank(line[end - 1])) --end;
  std::size_t begin = end;
  bool has_quotes = false;
  while (begin > 0) {
    const char32_t c = line[begin - 1];
    if (c == U'"' || c == U'\'') {
      const std::size_t opening = begin < 2 ? std::u32string_view::npos : line.rfind(c, begin - 2);
      if (opening == std::u32string_view::npos) return std::nullopt;
      has_quotes = true;
      begin = opening;
    } else if (is_blank(c) || c == U'{' || c == U',' || c == U'[') {
      break;
    } else {
      --begin;
    }
  }
  if (!has_quotes) return std::nullopt;
  return std::pair(begin, end - begin);
}

Words set_twice(Stop& stop, const std::vector<std::string_view>& lines, std::size_t line, std::string_view message) {
  const std::string name = named(message);
  const std::string_view text = trim(lines[line - 1]);
  if (text.starts_with("[")) {
    stop.at = stop.line.find_first_not_of(U" \t");
    stop.length = code_points(text.substr(0, text.find_last_of(']') + 1)).size();
    if (holds(message, "inline table")) {
      return {"[" + name + "] adds to a table that is already complete", "write the whole table in one place"};
    }
    const std::string header(text.substr(0, text.find_last_of(']') + 1));
    if (holds(message, "as array-of-tables") || !earlier_line(lines, line, header)) {
      return {"\"" + name + "\" already exists in another notation",
              "use one notation: " + name + " = …, [" + name + "] or [[" + name + "]]"};
    }
    if (header == "[scenario]")
      return {"scenario is a list, but its tables have one bracket",
              "write [[scenario]], with two brackets, above each scenario"};
    return {"the table " + header + " appears twice",
            "it begins on line " + std::to_string(*earlier_line(lines, line, header)) + ": put all its keys there"};
  }
  if (const auto key = quoted_key_before(stop)) {
    stop.at = key->first;
    stop.length = key->second;
    return {utf8(repeated(stop)) + " is set twice", "keep one of the two"};
  }
  if (name.empty()) {
    const std::size_t end = std::min(stop.line.find_first_of(U". \t=", stop.at), stop.line.size());
    stop.length = std::max<std::size_t>(1, end - std::min(stop.at, end));
    const std::string key = utf8(repeated(stop));
    return {"\"" + key + "\" already has a value",
            "write either " + key + " = { … } or lines of " + key + ".… = …, not both"};
  }
  const std::u32string key = code_points(name);
  const std::size_t at = stop.line.rfind(key, stop.at);
  if (at != std::u32string::npos) {
    stop.at = at;
    stop.length = key.size();
  }
  const std::optional<std::size_t> earlier = earlier_line(lines, line, name);
  return {"\"" + name + "\" is set twice",
          earlier ? "it already has a value on line " + std::to_string(*earlier) + ": keep one of the two"
                  : "keep one of the two"};
}

Words of_text(Stop& stop, std::string_view message) {
  if (holds(message, "escape sequence")) {
    const std::size_t backslash = stop.line.rfind(U'\\', stop.at);
    if (backslash != std::u32string::npos) stop.at = backslash;
    stop.length = 2;
    const bool hidden = repeated(stop).starts_with(U'*');
    return {(hidden ? "this escape" : "\"" + named(message) + "\"") + " is not valid in double quotes",
            "write \\\\ for a backslash, or use single quotes: '…'"};
  }
  const bool at_end = stop.at >= stop.line.size();
  if (at_end && (holds(message, "control characters") || holds(message, "end-of-file"))) {
    const std::optional<std::size_t> open = open_quote(stop.line);
    if (open) {
      const std::string quote = utf8(stop.line.substr(*open, 1));
      stop.at = *open;
      stop.length = stop.line.size() - *open;
      return {"this text is not closed", "end it with " + quote +
                                             " on the same line, or use these quotes for longer text: " + quote +
                                             quote + quote};
    }
    return {R"(a text in """ or ''' is never closed)", "end it with the same three quotes"};
  }
  if (holds(message, "control characters")) {
    return {"text cannot contain a control character", "write it as an escape in double quotes, like \\u001B"};
  }
  return {"this text cannot be read: " + std::string(message), {}};
}

Words of_a_line(Stop& stop, std::string_view message) {
  const char32_t saw = stop.at < stop.line.size() ? stop.line[stop.at] : U'\n';
  if (holds(message, "expected '=', saw")) {
    if (saw == U':') return {"a key is followed by \"=\", not by \":\"", "write key = value"};
    if (saw == U'\n') {
      stop.at = std::min(stop.line.find_first_not_of(U" \t"), stop.line.size());
      stop.length = std::max<std::size_t>(1, stop.line.size() - stop.at);
      return {"this line has no \"=\" and no value", "write key = value, [table], or # and a comment"};
    }
    if (saw >= 0x80) {
      return {"a key cannot contain this character without quotes",
              "put the key in quotes: \"E-mail-Adresse für Neues\" = …"};
    }
    const bool two_words = stop.line.find(U'=', stop.at) != std::u32string::npos;
    return {"\"=\" is missing after the key",
            two_words ? "a key of several words needs quotes: \"Sign in\" = …" : "write key = value"};
  }
  if (holds(message, "expected a comment or whitespace")) {
    const bool apostrophe = stop.at > 0 && stop.line[stop.at - 1] == U'\'';
    if (saw == U';') return {"a semicolon means nothing in TOML", "remove it: a line holds one key = value"};
    stop.length = std::max<std::size_t>(1, stop.line.size() - stop.at);
    return {"the value ends before this",
            apostrophe ? "text with an apostrophe needs double quotes: \"it's\"" : "write one key = value per line"};
  }
  if (holds(message, "prohibited in keys")) {
    return {"a key takes one pair of quotes, not three", R"(write "E-mail address" = …)"};
  }
  if (holds(message, "expected keys") || holds(message, "expected key or closing")) {
    if (saw == U'{') return {"a TOML file does not begin with a brace", "write key = value, without { } around it"};
    if (saw >= 0x80) {
      return {"a key cannot contain this character without quotes",
              "put the key in quotes: \"E-mail-Adresse für Neues\" = …"};
    }
    if (saw == U';')
      return {"a semicolon means nothing in TOML", "write a comma between keys, and nothing behind the last one"};
    if (saw == U'=') return {"the key is missing before \"=\"", "write key = value"};
    return {"this begins neither a key nor a table",
            "write key = value, [table], or # and a comment; other characters than letters, digits, - and _ need "
            "quotes: \"E-mail address\" = …"};
  }
  return {};
}

Words of_a_list(Stop& stop, std::string_view message) {
  if (holds(message, "bare key starting character")) {
    return {"a part of the key is missing here",
            "write the parts of a key with one dot between them: expect.status = 200"};
  }
  if (holds(message, "expected comma or closing")) {
    if (holds(message, "'}'") && stop.at >= stop.line.size()) return {};
    const bool list = holds(message, "']'");
    return {list ? "a comma is missing before this item" : "a comma is missing before this key",
            list ? "write [ a, b ]" : "write { a = 1, b = 2 }"};
  }
  if (holds(message, "dangling comma")) {
    if (const std::size_t comma = stop.line.rfind(U',', stop.at); comma != std::u32string::npos) stop.at = comma;
    return {"a table in braces has no comma before its closing brace", "remove the comma"};
  }
  if (holds(message, "saw comma")) return {"there is a comma instead of a value", "remove the comma"};
  return {};
}

Words of_a_header(Stop& stop, std::string_view message) {
  if (holds(message, "blank bare keys")) return {"this table has no name", "write [name] or [[name]]"};
  if (holds(message, "contiguous")) return {"the two brackets must be adjacent", "write [[scenario]]"};
  if (holds(message, "expected ']'")) {
    stop.at = std::min(stop.line.find(U'['), stop.line.size());
    stop.length = std::max<std::size_t>(1, stop.line.size() - stop.at);
    return {"this table header is not closed", stop.line.substr(stop.at).starts_with(U"[[")
                                                   ? "close it with two brackets: [[scenario]]"
                                                   : "close it with a bracket: [name]"};
  }
  return {};
}

Words of_a_number(Stop& stop, std::string_view message) {
  widen_to_value(stop);
  if (holds(message, "leading zeroes")) {
    return {"a number has no leading zeroes", "to keep them, write it as text in quotes"};
  }
  if (holds(message, "not representable") || holds(message, "length limit") || holds(message, "too long")) {
    return {"this number is too large", "write it as text, in quotes"};
  }
  return {"this is neither a number nor a date that TOML knows", "if it is text, put it in quotes"};
}

Words words_for(Stop& stop, std::string_view message, const std::vector<std::string_view>& lines,
                const std::vector<std::string_view>& shown, std::size_t line) {
  const std::size_t colon = message.find(": ");
  const std::string_view scope = message.substr(0, colon); // "Error while parsing inline table"
  const std::string_view said = colon == std::string_view::npos ? message : message.substr(colon + 2);
  const bool at_end = stop.at >= stop.line.size() || stop.line[stop.at] == U'#';

  if (holds(said, "after '\\r'")) return {"a carriage return has no line feed", "end lines with a line feed"};
  if (holds(said, "could not determine value type") || holds(said, "begin with underscores") ||
      holds(scope, "boolean") || holds(said, "expected 'nan'") || holds(said, "expected 'inf'")) {
    widen_to_value(stop);
    return unquoted_value(stop);
  }
  if (holds(said, "cannot redefine") || holds(said, "cannot insert")) return set_twice(stop, lines, line, said);
  if (holds(scope, "string")) return of_text(stop, said);
  if (holds(scope, "inline table") && at_end && !holds(said, "comma)")) return broken_inline_table(shown, line);
  if (holds(said, "expected value, saw") || (holds(scope, "key-value pair") && holds(said, "end-of-file"))) {
    return {"the value is missing", "write key = value; empty text is \"\""};
  }
  if (holds(scope, "array") && holds(said, "end-of-file")) return {"a list is never closed", "close it with ]"};
  if (holds(said, "nested value depth")) return {"values are nested too deep", "reduce the nesting"};
  for (const auto explain : {of_a_line, of_a_list, of_a_header}) {
    if (Words words = explain(stop, said); !words.what.empty()) return words;
  }
  for (const std::string_view kind : {"integer", "floating", "date", "time"}) {
    if (holds(scope, kind)) return of_a_number(stop, said);
  }
  return {"this is not TOML: " + std::string(said), {}};
}

} // namespace

Error syntax_error(const std::string& file, std::string_view message, std::uint32_t line, std::uint32_t column,
                   const std::vector<std::string_view>& lines, const std::vector<std::string_view>& shown) {
  const std::size_t number = std::clamp<std::size_t>(line, 1, lines.size());
  Stop stop{code_points(lines[number - 1]), code_points(shown[number - 1]), column > 0 ? column - 1 : 0, 1};
  Words words = words_for(stop, message, lines, shown, number);
  return {.kind = ErrorKind::usage,
          .what = std::move(words.what),
          .hint = std::move(words.hint),
          .place = {file, static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(stop.at + 1),
                    static_cast<std::uint32_t>(stop.length)},
          .source_line = std::string(shown[number - 1])};
}

Error not_utf8(const std::string& file, const std::vector<std::string_view>& lines) {
  Error error{.kind = ErrorKind::usage,
              .what = "the file is not UTF-8",
              .hint = "save it as UTF-8 in your editor",
              .place = {file, 0, 0, 1},
              .source_line = {}};
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (is_utf8(lines[i])) continue;
    const std::string repaired = repair_utf8(lines[i]);
    std::string_view left = lines[i], right = repaired;
    std::uint32_t column = 0;
    do { // the first character that had to be replaced
      ++column;
      const std::string_view before = left;
      const char32_t c = next_code_point(left);
      next_code_point(right);
      if (c == U'\uFFFD' && !is_utf8(before.substr(0, before.size() - left.size()))) break;
    } while (!left.empty());
    error.place.line = static_cast<std::uint32_t>(i + 1);
    error.place.column = column;
    error.source_line = repaired;
    break;
  }
  return error;
}

} // namespace murphy::scenario
