#include "migrations/naming.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
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

bool is_sql(std::string_view path) { return path.ends_with(".sql"); }

// How a comment to the end of the line begins.
bool begins_comment(std::string_view path, std::string_view text) {
  if (is_sql(path)) return text.starts_with("--");
  const bool by_hash = path.ends_with(".rb") || path.ends_with(".py") || path.ends_with(".exs");
  return by_hash ? text.starts_with('#') : text.starts_with("//");
}

// Blanks in place of comments. A string that looks like one is cut: a name in it is then not found.
std::string without_comments(std::string_view path, std::string_view text) {
  std::string plain;
  plain.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::string_view rest = text.substr(at);
    std::size_t length = 0;
    if (rest.starts_with("/*"))
      length = std::min(rest.find("*/"), rest.size() - 2) + 2;
    else if (begins_comment(path, rest))
      length = std::min(rest.find('\n'), rest.size());
    plain += length > 0 ? ' ' : text[at];
    at += std::max<std::size_t>(length, 1);
  }
  return plain;
}

} // namespace

bool writes_name(std::string_view path, std::string_view text, std::string_view name) {
  const std::string wanted = ascii_lower(name);
  if (wanted.size() < shortest_name) return false;
  const std::string plain = ascii_lower(without_comments(path, text));
  const bool may_be_bare = is_sql(path) && std::ranges::find(words_of_sql, wanted) == words_of_sql.end();
  for (std::size_t at = plain.find(wanted); at != std::string::npos; at = plain.find(wanted, at + 1)) {
    const char before = at == 0 ? ' ' : plain[at - 1];
    const std::size_t end = at + wanted.size();
    const char behind = end == plain.size() ? ' ' : plain[end];
    if (is_of_name(before) || is_of_name(behind)) continue;
    const bool is_quoted = (before == '"' || before == '\'' || before == '`') && behind == before;
    if (may_be_bare || is_quoted || before == ':') return true;
  }
  return false;
}

} // namespace murphy::migrations
