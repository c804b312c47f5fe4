#include "base/toml_literal.h"
#include "record/fields.h"
#include "snapshot/lock.h"

#include <concepts>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <type_traits>
#include <vector>

namespace murphy::snapshot {
namespace {

constexpr std::size_t longest_line = 120; // columns, beyond which a list is written one item a line

std::string literal(const std::string& text) { return toml_literal(text); }
std::string literal(bool flag) { return flag ? "true" : "false"; }
std::string literal(std::int64_t number) { return std::to_string(number); }
template <class T> std::string literal(const std::optional<T>& value) { return value ? literal(*value) : ""; }
template <class T> std::string literal(const std::vector<T>& values);

struct Line {
  std::string key, value;
};

// The members that are not as they are when nothing is said of them.
template <record::Structure T> std::vector<Line> members(const T& value) {
  std::vector<std::string> usual;
  const T nothing{};
  fields(nothing, [&](const char*, const auto& member) { usual.push_back(literal(member)); });
  std::vector<Line> lines;
  std::size_t next = 0;
  fields(value, [&](const char* key, const auto& member) {
    std::string written = literal(member);
    if (written != usual[next++]) lines.push_back({key, std::move(written)});
  });
  return lines;
}

template <record::Structure T> std::string literal(const T& value) {
  std::string text;
  for (const Line& line : members(value))
    text += fmt::format("{}{} = {}", text.empty() ? "" : ", ", line.key, line.value);
  return text.empty() ? "{}" : "{ " + text + " }";
}

template <class T> std::string literal(const std::vector<T>& values) {
  std::string one_line = "[", lines = "[\n";
  for (const T& value : values) {
    const std::string written = literal(value);
    one_line += (one_line.size() > 1 ? ", " : "") + written;
    lines += "  " + written + ",\n";
  }
  const bool fits = !record::Structure<T> && one_line.size() < longest_line;
  return values.empty() || fits ? one_line + "]" : lines + "]";
}

void put(std::string& text, const std::vector<Line>& lines) {
  std::size_t widest = 0;
  for (const Line& line : lines) widest = std::max(widest, line.key.size());
  for (const Line& line : lines) text += fmt::format("{:<{}} = {}\n", line.key, widest, line.value);
}

template <class T> void put_member(std::string& text, const char* key, const T& member) {
  if (literal(member) != literal(T{})) put(text, {{key, literal(member)}});
}
template <record::Structure T>
void put_member(std::string& text, const char* key, const std::vector<T>& members_of_it) {
  for (const T& each : members_of_it) {
    text += fmt::format("\n[[{}]]\n", key);
    put(text, members(each));
  }
}

} // namespace

std::string write_lock(const record::KnownGood& known) {
  std::string text =
      "# How the app looks when sign-in works: murphy snapshot wrote this. Commit it, and review its changes\n"
      "# like code; murphy snapshot --check says whether the app still looks like this.\n";
  text += fmt::format("version = {}\n", lock_version);
  fields(known, [&](const char* key, const auto& member) { put_member(text, key, member); });
  return text;
}

} // namespace murphy::snapshot
