#include "scenario/reading.h"

#include "base/nearest.h"
#include "base/text.h"
#include "base/time_span.h"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>

namespace murphy::scenario {

namespace {

// Seals a secret that is written out in the file: a memory dump may reach people who cannot read the file.
void seal(Text& text) {
  for (Text::Part& part : text.split.edit()) {
    if (part.reference) continue;
    part.sealed = SealedText(part.text);
    wipe(part.text);
  }
  wipe(text.source);
}

} // namespace

Entry entry(const Member& member, const Vocabulary& vocabulary) {
  const Key* key = vocabulary.find(member.key);
  return {member.key, key ? key->example : std::string_view(), member.value};
}

bool has_misspelled(const Node& table, std::string_view key, const Vocabulary& vocabulary) {
  return std::ranges::any_of(table.members, [&](const Member& member) {
    return !vocabulary.find(member.key) && !nearest(member.key, {std::string(key)}).empty();
  });
}

Errors Reading::take_errors() {
  std::ranges::stable_sort(errors_, {},
                           [](const Error& error) { return std::pair(error.place.line, error.place.column); });
  return std::move(errors_);
}

void Reading::error(const Span& span, std::string what, std::string hint) {
  errors_.push_back({.kind = ErrorKind::usage,
                     .what = std::move(what),
                     .hint = std::move(hint),
                     .place = document_.place(span),
                     .source_line = document_.source_line(span)});
}

std::string Reading::beside(const std::string& path) const {
  return (std::filesystem::path(document_.file()).parent_path() / path).lexically_normal().string();
}

bool Reading::check_keys(const Node& table, const Vocabulary& vocabulary) {
  bool all_available = true;
  for (const Member& member : table.members) {
    const Key* key = vocabulary.find(member.key);
    if (!key) {
      error(member.span, "\"" + member.key + "\" is not a key of " + std::string(vocabulary.of),
            advice(member.key, vocabulary));
    } else if (key->later) {
      error(member.span, "\"" + member.key + "\" is reserved but not supported yet");
      all_available = false;
    }
  }
  return all_available;
}

void Reading::wrong_type(const Entry& entry, std::string_view wanted) {
  const Node& value = entry.value;
  error(value.span,
        "\"" + std::string(entry.key) + "\" takes " + std::string(wanted) + ", but " +
            (value.is(Node::Kind::boolean) ? std::string(value.text) : std::string(name_of(value.kind))) + " is given",
        entry.example.empty() ? std::string() : "write " + std::string(entry.example));
}

void Reading::is_empty(const Entry& entry) {
  error(entry.value.span, "\"" + std::string(entry.key) + "\" is empty",
        entry.example.empty() ? std::string() : "write " + std::string(entry.example));
}

bool Reading::expect_kind(const Entry& entry, Node::Kind kind, std::string_view wanted) {
  if (entry.value.is(kind)) return true;
  wrong_type(entry, wanted);
  return false;
}

Text Reading::checked_text(const Node& value, std::string characters, Context& context) {
  Mentions& mentions = context.mentions;
  Text text;
  text.place = document_.place(value.span);
  text.source_line = document_.source_line(value.span);
  text.source = std::move(characters);
  SplitText split = split_references(text.source);
  // Of what could not be split, nothing is kept: it is no literal.
  const auto unread = [&] {
    wipe(text.source);
    return text;
  };
  const auto undetermined = [&] {
    error(value.span, "this text contains an invalid ${…}", "write $${ for the two characters ${");
    return unread();
  };
  if (split.problem) {
    if (context.secret) return undetermined();
    const Problem& problem = *split.problem;
    error(document_.inside(value, problem.offset, text.source.size() - problem.offset), problem.what, problem.hint);
    return unread();
  }
  for (std::size_t i = 0; i < split.parts.size(); ++i) {
    if (!split.parts[i].reference) continue;
    const std::string& name = split.parts[i].text;
    const Span span = document_.inside(value, split.offsets[i], name.size() + 3);
    if (std::optional<Problem> problem = check_reference(name, context.reach)) {
      if (context.secret) return undetermined();
      error(span, std::move(problem->what), std::move(problem->hint));
    } else if (const auto user = user_of(name); user && *user != "user") {
      if (std::ranges::find(mentions.users, *user) == mentions.users.end()) mentions.users.emplace_back(*user);
    } else if (const auto variable = variable_of(name)) {
      mentions.environment.push_back({std::string(*variable), document_.place(span), document_.source_line(span)});
    }
  }
  const bool is_as_written =
      split.parts.size() == 1 && !split.parts.front().reference && split.parts.front().text == text.source;
  if (!is_as_written || context.secret) text.split = std::move(split.parts);
  if (context.secret) seal(text);
  return text;
}

Text Reading::key_text(const Member& member, Context& context) {
  Node key;
  key.kind = Node::Kind::text;
  key.span = member.span;
  key.text = member.key;
  return checked_text(key, member.key, context);
}

std::optional<Text> Reading::text(const Entry& entry, Context& context) {
  if (!expect_kind(entry, Node::Kind::text, "text")) return std::nullopt;
  return checked_text(entry.value, entry.value.text, context);
}

std::optional<Text> Reading::filled_text(const Entry& entry, Context& context) {
  if (entry.value.is(Node::Kind::text) && trim(entry.value.text).empty()) {
    is_empty(entry);
    return std::nullopt;
  }
  return text(entry, context);
}

std::optional<Text> Reading::scalar(const Entry& entry, Context& context) {
  const Node& value = entry.value;
  if (value.is(Node::Kind::array) || value.is(Node::Kind::table)) {
    wrong_type(entry, "text, a number, true or false");
    return std::nullopt;
  }
  return checked_text(value, value.is(Node::Kind::integer) ? std::to_string(value.integer) : std::string(value.text),
                      context);
}

std::optional<std::string> Reading::literal(const Entry& entry) {
  if (!expect_kind(entry, Node::Kind::text, "text")) return std::nullopt;
  if (const std::size_t at = entry.value.text.find("${"); at != std::string::npos) {
    error(document_.inside(entry.value, at, entry.value.text.size() - at),
          "\"" + std::string(entry.key) + "\" cannot contain ${…}", "write the text itself");
    return std::nullopt;
  }
  return entry.value.text;
}

std::optional<std::string> Reading::filled_literal(const Entry& entry) {
  std::optional<std::string> text = literal(entry);
  if (text && trim(*text).empty()) {
    is_empty(entry);
    return std::nullopt;
  }
  return text;
}

std::optional<std::string> Reading::words(const Entry& entry) {
  if (!expect_kind(entry, Node::Kind::text, "text")) return std::nullopt;
  if (trim(entry.value.text).empty()) {
    is_empty(entry);
    return std::nullopt;
  }
  return entry.value.text;
}

std::optional<std::vector<std::string>> Reading::list_of_words(const Entry& entry) {
  if (!expect_kind(entry, Node::Kind::array, "a list of texts")) return std::nullopt;
  std::vector<std::string> result;
  bool good = true;
  for (const Node& item : entry.value.items) {
    if (std::optional<std::string> text = words({entry.key, entry.example, item})) {
      result.push_back(std::move(*text));
    } else {
      good = false;
    }
  }
  if (!good) return std::nullopt;
  return result;
}

std::optional<bool> Reading::boolean(const Entry& entry) {
  if (!expect_kind(entry, Node::Kind::boolean, "true or false")) return std::nullopt;
  return entry.value.boolean;
}

std::optional<std::chrono::milliseconds> Reading::duration(const Entry& entry) {
  constexpr std::string_view wanted = "a time as text, like \"800ms\", \"2s\" or \"1min\"";
  if (!expect_kind(entry, Node::Kind::text, wanted)) return std::nullopt;
  const auto span = read_time_span(entry.value.text);
  if (!span)
    error(entry.value.span, "\"" + std::string(entry.key) + "\" takes " + std::string(wanted),
          fmt::format("write a whole number and {}, from 1ms to {}d", units_of_time, longest_time_span.count()));
  return span;
}

std::optional<std::string> Reading::selector(const Entry& entry) {
  std::optional<std::string> css = filled_literal(entry);
  if (!css || !checks_.check_selector) return css;
  if (const std::optional<Problem> problem = checks_.check_selector(*css)) {
    const std::size_t offset = std::min(problem->offset, css->size());
    error(document_.inside(entry.value, offset, css->size() - offset), problem->what, problem->hint);
    return std::nullopt;
  }
  return css;
}

std::shared_ptr<const Regex> Reading::regex(const Entry& entry) {
  const std::optional<std::string> pattern = filled_literal(entry);
  if (!pattern) return nullptr;
  Result<std::shared_ptr<const Regex>> compiled = Regex::compile(*pattern);
  if (compiled) return *compiled;
  error(entry.value.span, compiled.error().what, compiled.error().hint);
  return nullptr;
}

bool Reading::check_json_pointer(std::string_view pointer, const Span& span) {
  if (!pointer.empty() && pointer.front() != '/') {
    std::string path(pointer);
    std::ranges::replace(path, '.', '/');
    error(span, "\"" + std::string(pointer) + "\" is not a JSON pointer",
          "write \"/" + path + "\"; \"\" is the whole document");
    return false;
  }
  for (std::size_t at = pointer.find('~'); at != std::string_view::npos; at = pointer.find('~', at + 1)) {
    if (at + 1 < pointer.size() && (pointer[at + 1] == '0' || pointer[at + 1] == '1')) continue;
    error(span, "\"" + std::string(pointer) + "\" is not a JSON pointer", "write ~0 for ~, and ~1 for / inside a name");
    return false;
  }
  return true;
}

std::optional<std::string> Reading::json_pointer(const Entry& entry) {
  std::optional<std::string> pointer = literal(entry);
  if (!pointer || !check_json_pointer(*pointer, entry.value.span)) return std::nullopt;
  return pointer;
}

} // namespace murphy::scenario
