#include "words/rule_text.h"

#include "base/text.h"

#include <cstdint>
#include <fmt/format.h>
#include <string_view>
#include <vector>

namespace murphy::words {

namespace {

std::string count(std::int64_t number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::string type_text(std::string_view type) {
  if (type == "email") return "an email address";
  if (type == "url") return "a web address";
  if (type == "datetime-local") return "a date with a time";
  return fmt::format("a {}", type == "range" ? "number" : type);
}

std::string qualified(const record::ColumnSeen& column) { return column.table + "." + column.column; }

// What a submission of which the server says nothing at the field was answered with.
std::string answer_and_words(const record::ValidationCell& cell) {
  std::string text = line_of(cell.answer);
  if (cell.said.empty()) return text;
  const bool is_unreadable = cell.answer.has(record::PageTrait::unreadable);
  return text + ", which says: " + (is_unreadable ? "the page cannot be read: " : "") + cell.said;
}

std::string text_of(const record::RuleNote& note) {
  using enum record::RuleNote::Kind;
  switch (note.kind) {
  case not_tested: return "no value shows whether the server keeps it";
  case page_looser: return "the page lets through what the server refuses";
  case server_stricter: return "the server refuses what the page lets through";
  case always_chosen: return "one of its buttons is always on";
  case too_long: return "too long for a trial";
  case no_value_between: return "nothing lies between two steps";
  case ignored_pattern: return "browsers ignore the page's pattern: " + note.text;
  case no_breaking_value: return "no value was found that breaks it: give some in rejects";
  case as_written: return note.text;
  case taken: return "the app says that the value is taken, which proves nothing of the rule";
  case unclear:
    return (note.text.empty() ? "the answer is like the page before it was sent"
                              : "the answer is neither a known refusal nor that to valid values: “" + note.text + "”") +
           std::string("; select the app's errors with error = \"CSS\"");
  case refuses_all: return "the server also refuses values that keep the rule";
  case not_reached: return "the step ended before";
  case no_wide_letters: return "letters such as é are not accepted, whatever the length";
  }
  return {};
}

} // namespace

std::string required_text(const record::ValidationCell& cell) {
  const auto& [is_stated, number, text] = cell.required;
  if (!is_stated) return {};
  if (cell.rule == "required") return number == 0 ? "may be empty" : "is required";
  if (cell.rule == "type") return type_text(text);
  if (cell.rule == "min_length") return "at least " + count(number, "character");
  if (cell.rule == "max_length") return "at most " + count(number, "character");
  if (cell.rule == "min") return "at least " + text;
  if (cell.rule == "max") return "at most " + text;
  if (cell.rule == "step") return "in steps of " + text;
  if (cell.rule == "pattern") return "matches " + text;
  if (cell.rule == "same_as") return "the same as " + text;
  return count(number, "value");
}

std::string declared_text(const record::ValidationCell& cell) {
  if (cell.page_refuses.kind != record::TestedValue::Kind::none) return "refuses " + tested_text(cell.page_refuses);
  if (cell.choices > 0) return count(static_cast<std::int64_t>(cell.choices), "choice");
  return cell.declared;
}

std::string rule_text(const record::ValidationCell& cell) {
  return cell.required.is_stated ? required_text(cell) : declared_text(cell);
}

std::string tested_text(const record::TestedValue& value) {
  using Kind = record::TestedValue::Kind;
  const auto length = static_cast<std::int64_t>(value.length);
  std::string words;
  switch (value.kind) {
  case Kind::none: return {};
  case Kind::as_written: return value.text;
  case Kind::empty: words = "empty"; break;
  case Kind::spaces: words = count(length, "space"); break;
  case Kind::hidden: words = count(length, "character"); break;
  case Kind::not_ticked: words = "not ticked"; break;
  case Kind::nothing_chosen: words = "nothing chosen"; break;
  case Kind::left_out: words = "left out"; break;
  case Kind::text:
    words = value.is_about_length || value.length > 40
                ? fmt::format("{} (“{}”)", count(length, "character"), value.text)
                : fmt::format("“{}”", value.text);
    break;
  }
  return value.is_wide ? words + " in letters of several bytes" : words;
}

std::string reply_text(const record::ValidationCell& cell) {
  using enum record::SubmissionEnd;
  if (cell.server == record::Standing::misplaced) return "the error is at " + cell.said;
  switch (cell.end) {
  case none: return {};
  case as_written: return cell.said;
  case accepted: return "accepted: " + line_of(cell.answer);
  case refused_silently: return "refused without a word: " + line_of(cell.answer);
  case server_error:
  case signed_out:
  case unknown: return answer_and_words(cell);
  default: return cell.said.empty() ? line_of(cell.answer) : cell.said;
  }
}

std::string column_text(const record::ColumnSeen& column) {
  using enum record::ColumnSeen::Fact;
  switch (column.fact) {
  case none: return {};
  case absent: return column.table + " has no column of its name";
  case length: return qualified(column) + " " + column.type;
  case loose_length: return qualified(column) + " " + column.type + ", a length that SQLite does not enforce";
  case nullable: return qualified(column) + " may be null";
  case not_null: return qualified(column) + " not null";
  case not_null_with_default: return qualified(column) + " not null, with a default";
  case unique: return qualified(column) + " unique";
  case as_written: return column.type;
  }
  return {};
}

std::string trouble_text(const record::ValidationCell& cell) {
  using enum record::ColumnTrouble;
  const std::string named = qualified(cell.behind), typed = named + " " + cell.behind.type;
  switch (cell.trouble) {
  case none: return {};
  case refuses_first: return fmt::format("nothing refuses it before the column {} does", typed);
  case takes_less: return fmt::format("the column {} takes less than what fits the form", typed);
  case shorter: return fmt::format("the column {} is shorter than what fits the form", typed);
  case shorter_unasked:
    return fmt::format("the column {} is shorter than what fits the form; SQLite alone takes it all the same", typed);
  case cuts:
    return fmt::format("the column {} is shorter than what was accepted: that is cut, or kept elsewhere", typed);
  case needs_value:
    return fmt::format("the column {} is not null, and neither the page nor the scenario asks for a value", named);
  case needs_other: return fmt::format("nothing refuses what is there already before the column {} does", named);
  }
  return {};
}

std::string note_text(const record::ValidationCell& cell) {
  std::vector<std::string> parts;
  for (const record::RuleNote& note : cell.notes) parts.push_back(text_of(note));
  if (cell.holds && cell.trouble != record::ColumnTrouble::none) parts.push_back(trouble_text(cell));
  return join(parts, "; ");
}

} // namespace murphy::words
