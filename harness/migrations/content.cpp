#include "migrations/content.h"

#include "base/regex.h"
#include "base/text.h"

#include <algorithm>
#include <memory>

namespace murphy::migrations {
namespace {

// A pattern of ours always compiles; one that takes too long finds nothing.
std::vector<std::string> groups(const char* pattern, std::string_view text) {
  const auto regex = Regex::compile(pattern);
  return regex ? (*regex)->search(text).value_or(std::vector<std::string>()) : std::vector<std::string>();
}

std::vector<std::string> texts_in_quotes(std::string_view text) {
  std::vector<std::string> all;
  for (std::size_t at = text.find_first_of("'\"#"); at != std::string_view::npos; at = text.find_first_of("'\"#", at)) {
    const std::size_t end = text.find(text[at] == '#' ? '\n' : text[at], at + 1);
    if (end == std::string_view::npos) break;
    if (text[at] != '#') all.emplace_back(text.substr(at + 1, end - at - 1));
    at = end + 1;
  }
  return all;
}

// The text cut at each place where it holds the words, without what is before the first.
std::vector<std::string_view> parts_from(std::string_view text, std::string_view words) {
  std::vector<std::string_view> parts;
  std::size_t at = text.find(words);
  while (at != std::string_view::npos) {
    const std::size_t next = text.find(words, at + words.size());
    parts.push_back(text.substr(at, next == std::string_view::npos ? next : next - at));
    at = next;
  }
  return parts;
}

std::string without_xml_comments(std::string_view text) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t begin = text.find("<!--");
    kept += text.substr(0, begin);
    if (begin == std::string_view::npos) break;
    const std::size_t end = text.find("-->", begin);
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 3);
  }
  return kept;
}

void add(std::vector<ChangeSet>& all, std::string_view text, const char* id, const char* author,
         const char* condition) {
  const auto found = groups(id, text), by = groups(author, text);
  if (found.size() < 2 || by.size() < 2) return;
  all.push_back({.id = std::string(trim(found[1])),
                 .author = std::string(trim(by[1])),
                 .has_condition = !groups(condition, text).empty()});
}

std::vector<ChangeSet> of_xml(std::string_view text) {
  std::vector<ChangeSet> all;
  const std::string plain = without_xml_comments(text);
  for (const std::string_view part : parts_from(plain, "<changeSet"))
    add(all, part.substr(0, part.find('>')), R"(\sid\s*=\s*["']([^"']*)["'])", R"(\sauthor\s*=\s*["']([^"']*)["'])",
        R"(\s(?:context|contextFilter|labels|dbms)\s*=)");
  return all;
}

std::vector<ChangeSet> of_yaml_or_json(std::string_view text) {
  std::vector<ChangeSet> all;
  for (const std::string_view part : parts_from(text, "changeSet"))
    add(all, part, R"([\s{,]["']?id["']?\s*:\s*["']?([^"',}\r\n]+))",
        R"([\s{,]["']?author["']?\s*:\s*["']?([^"',}\r\n]+))",
        R"([\s{,]["']?(?:context|contextFilter|labels|dbms)["']?\s*:)");
  return all;
}

std::vector<ChangeSet> of_sql(std::string_view text) {
  std::vector<ChangeSet> all;
  for (const std::string_view line : split(text, '\n'))
    add(all, trim(line), R"(^--\s*(?i:changeset)\s+[^:]+:(\S+))", R"x(^--\s*(?i:changeset)\s+"?([^:"]+)"?:)x",
        R"(\s(?:context|contextFilter|labels|dbms):)");
  return all;
}

} // namespace

std::vector<std::string> python_texts(std::string_view text, std::string_view name) {
  std::size_t at = 0;
  for (const std::string_view line : split(text, '\n')) {
    const std::string_view begin = trim(line);
    const std::size_t value = text.find('=', at);
    // "revision: str = " names its type first.
    if (begin.starts_with(name) && value < at + line.size() &&
        (begin.size() == name.size() || begin.substr(name.size()).find_first_of(" :=") == 0)) {
      std::string_view rest = text.substr(value + 1);
      const std::size_t first = rest.find_first_not_of(" \t");
      const char opens = first == std::string_view::npos ? '\n' : rest[first];
      const char closes = opens == '[' ? ']' : opens == '(' ? ')' : '\n';
      const std::size_t end = rest.find(closes);
      return texts_in_quotes(rest.substr(0, end == std::string_view::npos ? end : end + 1));
    }
    at += line.size() + 1;
  }
  return {};
}

std::vector<ChangeSet> change_sets_in(std::string_view path, std::string_view text) {
  if (path.ends_with(".xml")) return of_xml(text);
  return path.ends_with(".sql") ? of_sql(text) : of_yaml_or_json(text);
}

std::string logical_path(std::string_view text) {
  const auto found = groups(R"(["']?logicalFilePath["']?\s*[:=]\s*["']?([^"'\s,}>]+))", text);
  return found.size() < 2 ? std::string() : found[1];
}

} // namespace murphy::migrations
