#include "migrations/naming.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <initializer_list>
#include <string>

namespace murphy::migrations {
namespace {

constexpr std::size_t shortest_name = 3; // shorter ones are in every text

// Words that stand in SQL by themselves and are no names there.
constexpr std::array words_of_sql{
    "add",     "all",      "alter",     "and",    "any",     "bigint", "boolean", "by",      "cascade", "char",
    "check",   "column",   "comment",   "create", "current", "data",   "date",    "default", "delete",  "drop",
    "exists",  "first",    "foreign",   "from",   "index",   "insert", "int",     "integer", "into",    "json",
    "key",     "language", "last",      "level",  "not",     "null",   "numeric", "on",      "option",  "order",
    "primary", "public",   "rename",    "role",   "row",     "schema", "select",  "set",     "start",   "table",
    "text",    "time",     "timestamp", "type",   "unique",  "update", "user",    "uuid",    "value",   "values",
    "varchar", "view",     "where",     "with",   "zone"};

bool is_of_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// What a language writes around a comment, and at the beginning of one that goes to the end of the line; empty: it has
// no such comment.
struct Language {
  std::string_view opens, closes, begins;
  bool after_blank = false; // so that it begins one
  bool has_bare = false;    // names of tables and columns stand there without quotes
  bool has_values = false;  // they do behind a colon and a blank
};

Language language_of(std::string_view path) {
  const auto ends = [&](std::initializer_list<std::string_view> endings) {
    return std::ranges::any_of(endings, [&](std::string_view ending) { return path.ends_with(ending); });
  };
  if (ends({".sql"})) return {.opens = "/*", .closes = "*/", .begins = "--", .has_bare = true};
  if (ends({".rb", ".py", ".exs"})) return {.opens = {}, .closes = {}, .begins = "#"};
  if (ends({".yaml", ".yml"}))
    return {.opens = {}, .closes = {}, .begins = "#", .after_blank = true, .has_values = true};
  if (ends({".xml"})) return {.opens = "<!--", .closes = "-->", .begins = {}};
  if (ends({".json"})) return {};
  return {.opens = "/*", .closes = "*/", .begins = "//"};
}

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

// Blanks in place of comments. A string that looks like one is cut: a name in it is then not found.
std::string without_comments(const Language& language, std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t length = 0;
    if (!language.opens.empty() && rest.starts_with(language.opens)) {
      const std::size_t end = rest.find(language.closes);
      length = end == std::string_view::npos ? rest.size() : end + language.closes.size();
    } else if (!language.begins.empty() && rest.starts_with(language.begins) &&
               (!language.after_blank || at == 0 || is_blank(text[at - 1]))) {
      length = std::min(rest.find('\n'), rest.size());
    }
    plain += length > 0 ? ' ' : text[at];
    at += std::max<std::size_t>(length, 1);
  }
  return plain;
}

// Whether what begins there is the value of a key: `name: nickname`.
bool is_value(std::string_view text, std::size_t at) {
  const std::size_t before = text.substr(0, at).find_last_not_of(" \t");
  return before != std::string_view::npos && before + 1 < at && text[before] == ':';
}

} // namespace

bool writes_name(std::string_view path, std::string_view text, std::string_view name) {
  const std::string wanted = ascii_lower(name);
  if (wanted.size() < shortest_name) return false;
  const Language language = language_of(path);
  const std::string plain = ascii_lower(without_comments(language, text));
  const bool is_word = std::ranges::find(words_of_sql, wanted) != words_of_sql.end();
  for (std::size_t at = plain.find(wanted); at != std::string::npos; at = plain.find(wanted, at + 1)) {
    const char before = at == 0 ? ' ' : plain[at - 1];
    const std::size_t end = at + wanted.size();
    const char behind = end == plain.size() ? ' ' : plain[end];
    if (is_of_name(before) || is_of_name(behind)) continue;
    const bool is_quoted = (before == '"' || before == '\'' || before == '`') && behind == before;
    const bool is_bare = language.has_bare || (language.has_values && is_value(plain, at));
    if ((is_bare && !is_word) || is_quoted || before == ':') return true;
  }
  return false;
}

} // namespace murphy::migrations
