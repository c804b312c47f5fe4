#include "reports/validation_text.h"

#include "base/text.h"
#include "reports/plain_text.h"
#include "words/rule_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace murphy::reports {

namespace {

constexpr std::size_t longest_field = 24;    // columns
constexpr std::size_t longest_required = 26; // columns
constexpr std::size_t most_notes = 5;

// Room for what is required beside the rest; below, the failures say it.
constexpr std::size_t wide = 100;

Tone tone_of(record::Standing standing, bool holds) {
  switch (standing) {
  case record::Standing::enforced: return Tone::good;
  case record::Standing::none: return Tone::dim;
  case record::Standing::unchecked:
  case record::Standing::unknown: return Tone::doubtful;
  default: return holds ? Tone::doubtful : Tone::bad;
  }
}

// A column that takes more than the form is as it should be: it is the last to see the value.
Tone tone_of_column(const record::ValidationCell& cell) {
  return cell.column == record::Standing::looser ? Tone::dim : tone_of(cell.column, cell.holds);
}

std::string count(std::size_t number, std::string_view thing) {
  return fmt::format("{} {}{}", number, thing, number == 1 ? "" : "s");
}

std::size_t fields_of(const record::Validation& validation) {
  std::set<std::string> fields;
  for (const record::ValidationCell& cell : validation.cells) fields.insert(cell.field);
  return fields.size();
}

std::string padded(const ConsoleStyle& style, std::string_view text, std::size_t width) {
  std::string shown = cut(style, plain_line(text), width);
  shown.append(width - std::min(width, display_width(shown)), ' ');
  return shown;
}

struct Widths {
  std::size_t field = 5, rule = 4, required = 0, page = 4, server = 6;
};

Widths widths_of(const TextBlock& block, const record::Validation& validation) {
  Widths widths;
  std::size_t required = 0;
  for (const record::ValidationCell& cell : validation.cells) {
    widths.field = std::max(widths.field, std::min(longest_field, display_width(plain_line(cell.field))));
    widths.rule = std::max(widths.rule, cell.rule.size());
    widths.page = std::max(widths.page, words_of(cell.page).size());
    widths.server = std::max(widths.server, words_of(cell.server).size());
    required = std::max(required, std::min(longest_required, display_width(plain_line(words::required_text(cell)))));
  }
  const bool is_wide = block.style().width == 0 || block.style().width >= static_cast<int>(wide);
  if (is_wide && required > 0) widths.required = std::max<std::size_t>(required, 8);
  return widths;
}

void write_rows(TextBlock& block, const record::Validation& validation) {
  const ConsoleStyle& style = block.style();
  const Widths widths = widths_of(block, validation);
  const bool with_column = !validation.table.empty();
  const auto required = [&](std::string_view text) {
    return widths.required == 0 ? std::string() : padded(style, text, widths.required) + "  ";
  };
  const std::size_t mark = std::max(display_width(symbols(style).passed), display_width(symbols(style).failed)) + 1;
  block.line({{Tone::dim, std::string(mark, ' ') + padded(style, "field", widths.field) + "  " +
                              padded(style, "rule", widths.rule) + "  " + required("required") +
                              padded(style, "page", widths.page) + "  " +
                              (with_column ? padded(style, "server", widths.server) + "  column" : "server")}});
  std::string field;
  for (const record::ValidationCell& cell : validation.cells) {
    const std::string name = cell.field == field ? std::string() : cell.field;
    field = cell.field;
    const std::string server =
        with_column ? padded(style, words_of(cell.server), widths.server) + "  " : std::string(words_of(cell.server));
    Spans row{whole(cell.holds ? Tone::good : Tone::bad, padded(style, cell.holds ? "" : symbols(style).failed, mark)),
              whole(Tone::strong, padded(style, name, widths.field) + "  "),
              whole(Tone::plain, padded(style, cell.rule, widths.rule) + "  " + required(words::required_text(cell))),
              whole(tone_of(cell.page, cell.holds), padded(style, words_of(cell.page), widths.page) + "  "),
              whole(tone_of(cell.server, cell.holds), server)};
    if (with_column) row.push_back(whole(tone_of_column(cell), std::string(words_of(cell.column))));
    block.line(row);
  }
}

void write_list(TextBlock& block, const record::Validation& validation) {
  std::string field;
  for (const record::ValidationCell& cell : validation.cells) {
    if (cell.field != field) block.line({{Tone::strong, plain_line(cell.field)}}, 2);
    field = cell.field;
    block.indent(2);
    block.line({{cell.holds ? Tone::plain : Tone::bad,
                 cell.holds ? plain_line(cell.rule)
                            : fmt::format("{} {}", symbols(block.style()).failed, plain_line(cell.rule))}});
    block.indent(2);
    block.line({{Tone::dim, "page "},
                {tone_of(cell.page, cell.holds), std::string(words_of(cell.page))},
                {Tone::dim, ", server "},
                whole(tone_of(cell.server, cell.holds), std::string(words_of(cell.server)))});
    if (cell.column != record::Standing::none)
      block.line({{Tone::dim, "column "}, whole(tone_of_column(cell), std::string(words_of(cell.column)))});
    block.outdent(4);
  }
}

} // namespace

std::string_view words_of(record::Standing standing) {
  switch (standing) {
  case record::Standing::none: return "-";
  case record::Standing::enforced: return "enforced";
  case record::Standing::missing: return "missing";
  case record::Standing::looser: return "looser";
  case record::Standing::stricter: return "stricter";
  case record::Standing::misplaced: return "misplaced";
  case record::Standing::silent: return "silent";
  case record::Standing::error: return "error";
  case record::Standing::unchecked: return "unchecked";
  case record::Standing::unknown: break;
  }
  return "unknown";
}

std::string validation_line(const record::Validation& validation) {
  const auto number_of = [&](auto is_meant) {
    return static_cast<std::size_t>(std::ranges::count_if(validation.cells, is_meant));
  };
  const std::size_t all = validation.cells.size(), proved = number_of(record::is_proved);
  const std::size_t judged = number_of(record::is_judged);
  std::string text = fmt::format("“{}”: {} of {}", plain_line(validation.form), count(all, "rule"),
                                 count(fields_of(validation), "field"));
  if (proved == all) {
    text += " proved";
  } else {
    text += fmt::format(": {} proved", proved);
    if (judged < all) text += fmt::format(", {} not judged", all - judged);
    if (proved < judged) text += fmt::format(", {} broken", judged - proved);
  }
  return text + ", " + count(static_cast<std::size_t>(validation.submissions), "submission");
}

void write_validation_notes(TextBlock& block, const record::Validation& validation) {
  std::size_t written = 0, left_out = 0;
  for (const record::ValidationCell& cell : validation.cells) {
    const std::string note = words::note_text(cell);
    if (note.empty()) continue;
    if (written++ >= most_notes) {
      ++left_out;
      continue;
    }
    block.line(
        {{Tone::dim, fmt::format("{}, {}: {}", plain_line(cell.field), plain_line(cell.rule), plain_line(note))}}, 2);
  }
  if (left_out > 0) block.line({{Tone::dim, fmt::format("and {} more", count(left_out, "note"))}});
  if (!validation.database_note.empty())
    block.line({{Tone::dim, "no columns compared: " + plain_line(validation.database_note)}}, 2);
}

void write_validation(TextBlock& block, const record::Validation& validation) {
  block.line({{Tone::plain, validation_line(validation)}}, 2);
  block.indent(2);
  if (block.is_narrow()) {
    write_list(block, validation);
  } else {
    write_rows(block, validation);
  }
  if (!validation.table.empty())
    block.line({{Tone::dim, fmt::format("columns: table {}", plain_line(validation.table))}}, 2);
  write_validation_notes(block, validation);
  block.outdent(2);
}

} // namespace murphy::reports
