#include "diagnose/suggest.h"

#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

namespace murphy::diagnose {

namespace {

const record::Table* table_named(const record::Schema& schema, std::string_view name) {
  const auto last = [](std::string_view full) { return full.substr(full.rfind('.') + 1); };
  const auto found = std::ranges::find_if(schema.tables, [&](const record::Table& table) {
    return equal_ignoring_ascii_case(last(table.name), last(name));
  });
  return found == schema.tables.end() ? nullptr : &*found;
}

bool has_column(const record::Table& table, std::string_view name) {
  return std::ranges::any_of(
      table.columns, [&](const record::Column& column) { return equal_ignoring_ascii_case(column.name, name); });
}

std::vector<std::string> column_names(const record::Table& table) {
  std::vector<std::string> names;
  for (const record::Column& column : table.columns) names.push_back(column.name);
  return names;
}

std::vector<std::string> table_names(const record::Schema& schema) {
  std::vector<std::string> names;
  for (const record::Table& table : schema.tables) names.push_back(table.name);
  return names;
}

bool is_identifier(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

// The attributes of `#<User id: 1, email: "…">` on the line of the error.
std::vector<std::string> inspected(std::string_view line) {
  std::vector<std::string> names;
  const std::size_t object = line.find("#<");
  if (object == std::string_view::npos) return names;
  for (std::size_t at = line.find(": ", object); at != std::string_view::npos; at = line.find(": ", at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_identifier(line[begin - 1])) --begin;
    if (begin < at && (line[begin - 1] == ' ') && std::isalpha(static_cast<unsigned char>(line[begin])) != 0)
      names.emplace_back(line.substr(begin, at - begin));
  }
  return names;
}

// Quoted names in the statement that failed, on the lines around the error.
std::vector<std::string> in_statement(const Finding& finding) {
  std::set<std::string> names;
  const auto& lines = finding.text->lines;
  const std::size_t first = finding.line > 3 ? finding.line - 3 : 0;
  for (std::size_t i = first; i < std::min(lines.size(), finding.line + 6); ++i) {
    const std::string_view line = lines[i];
    if (!line.contains("SELECT") && !line.contains("INSERT") && !line.contains("UPDATE") && !line.contains("LINE 1"))
      continue;
    for (std::size_t at = 0; at < line.size(); ++at) {
      if (line[at] != '"' && line[at] != '`') continue;
      std::size_t end = at + 1;
      while (end < line.size() && is_identifier(line[end])) ++end;
      if (end < line.size() && line[end] == line[at] && end > at + 1) names.emplace(line.substr(at + 1, end - at - 1));
      at = end;
    }
  }
  names.erase(finding.name);
  return {names.begin(), names.end()};
}

bool is_data_name(const Finding& finding) {
  return finding.signature->kind == "column" || finding.signature->kind == "table";
}

// Whether a name of this kind is one that somebody typed in the code: not a file, a host, an account.
bool is_spelled(std::string_view kind) {
  static constexpr std::array<std::string_view, 18> others = {"service account",
                                                              "file",
                                                              "catalog",
                                                              "host",
                                                              "connection",
                                                              "syntax",
                                                              "hash",
                                                              "upstream",
                                                              "secret",
                                                              "address",
                                                              "account",
                                                              "tls",
                                                              "csrf",
                                                              "migration",
                                                              "code",
                                                              "memory",
                                                              "pool",
                                                              "migration history"};
  return std::ranges::find(others, kind) == others.end();
}

// The only near one, other than the name itself.
std::string only_near(const std::string& name, std::vector<std::string> candidates) {
  std::erase(candidates, name);
  const auto near = nearest(name, candidates);
  return near.size() == 1 ? near.front() : std::string();
}

// "user" for "usr": of short names the only one that begins alike and has one letter more.
std::string with_one_letter_more(const std::string& name, const std::vector<std::string>& candidates) {
  constexpr std::size_t shortest = 3;
  std::string only;
  for (const std::string& candidate : candidates) {
    if (name.size() < shortest || candidate.size() != name.size() + 1 || candidate.front() != name.front()) continue;
    const auto [here, there] = std::ranges::mismatch(name, candidate);
    if (!std::equal(here, name.end(), std::next(there), candidate.end())) continue;
    if (!only.empty()) return {};
    only = candidate;
  }
  return only;
}

// Of a singular and its plural the one that most tables follow: 1 the plural, -1 the singular, 0 neither.
int number_of_tables(const record::Schema& schema, std::string_view but) {
  int plural = 0, singular = 0;
  for (const record::Table& table : schema.tables)
    if (!equal_ignoring_ascii_case(table.name, but)) ++(table.name.ends_with('s') ? plural : singular);
  if (plural > 2 * singular && plural > 1) return 1;
  return singular > 2 * plural && singular > 1 ? -1 : 0;
}

} // namespace

bool object_shows(const Finding& finding, std::string_view name) {
  const auto names = inspected(finding.text->lines[finding.line]);
  return std::ranges::find(names, name) != names.end();
}

Suggestion suggest(const Finding& finding, const Evidence& evidence) {
  const std::string& name = finding.name;
  if (name.empty()) return {};
  for (std::string meant : finding.meant) {
    while (!meant.empty() && meant.back() == '=') meant.pop_back();
    if (meant.starts_with('@')) meant.erase(0, meant.find_first_not_of('@'));
    if (!meant.empty() && meant != name) return {meant, record::SuggestionOrigin::engine_hint, {}};
  }
  if (const std::vector<std::string>& choices = finding.choices; !choices.empty()) {
    std::string near = only_near(name, choices);
    if (near.empty()) near = with_one_letter_more(name, choices);
    return near.empty() ? Suggestion{} : Suggestion{near, record::SuggestionOrigin::choices_in_message, {}};
  }
  if (const auto attributes = inspected(finding.text->lines[finding.line]); !attributes.empty())
    if (const std::string near = only_near(name, attributes); !near.empty())
      return {near, record::SuggestionOrigin::attributes_in_message, {}};

  if (evidence.schema) {
    const record::Schema& schema = *evidence.schema;
    if (finding.signature->kind == "table") {
      std::string near = only_near(name, table_names(schema));
      if (near.empty()) near = with_one_letter_more(name, table_names(schema));
      return near.empty() ? Suggestion{} : Suggestion{near, record::SuggestionOrigin::schema, near};
    }
    if (const record::Table* table = table_named(schema, finding.owner))
      if (const std::string near = only_near(name, column_names(*table)); !near.empty())
        return {near, record::SuggestionOrigin::schema, table->name};
    // The same name elsewhere, then a near one anywhere.
    for (const record::Table& table : schema.tables)
      if (table.name != finding.owner && has_column(table, name) && !finding.owner.empty())
        return {name, record::SuggestionOrigin::schema, table.name};
    std::set<std::string> all;
    for (const record::Table& table : schema.tables)
      for (const std::string& column : column_names(table)) all.insert(column);
    if (const std::string near = only_near(name, {all.begin(), all.end()}); !near.empty()) {
      for (const record::Table& table : schema.tables)
        if (has_column(table, near)) return {near, record::SuggestionOrigin::schema, table.name};
    }
    if (is_data_name(finding)) return {};
  }
  if (evidence.known_good) {
    std::vector<std::string> names;
    for (const std::string& field : evidence.known_good->fields) names.emplace_back(last_part(field));
    if (evidence.known_good->schema) {
      for (const record::Table& table : evidence.known_good->schema->tables) {
        names.push_back(table.name);
        for (const std::string& column : column_names(table)) names.push_back(column);
      }
    }
    std::ranges::sort(names);
    const auto repeated = std::ranges::unique(names);
    names.erase(repeated.begin(), repeated.end());
    if (const std::string near = only_near(name, names); !near.empty()) {
      // "dashboard" is nearer to "dashbord" than the table "dashboards" is.
      const std::string usual = is_data_name(finding) ? std::string() : usual_spelling(name);
      if (!usual.empty() && nearest(name, {near, usual}).front() != near)
        return {usual, record::SuggestionOrigin::usual_spelling, {}};
      return {near, record::SuggestionOrigin::baseline, {}};
    }
  }
  if (finding.signature->kind == "column")
    if (const std::string near = only_near(name, in_statement(finding)); !near.empty())
      return {near, record::SuggestionOrigin::statement, {}};
  if (!is_spelled(finding.signature->kind)) return {};
  // Libraries have names of their own: no list of words knows them.
  const bool is_library = finding.signature->kind == "module" && name.find_first_of("-/@") != std::string::npos;
  if (const std::string usual = is_library ? std::string() : usual_spelling(name); !usual.empty())
    return {usual, record::SuggestionOrigin::usual_spelling, {}};
  return {};
}

SchemaView look_up(const Finding& finding, const Suggestion& suggestion, const Evidence& evidence) {
  SchemaView view;
  if (!evidence.schema) return view;
  const record::Schema& schema = *evidence.schema;
  view.known = true;
  const record::Schema* before =
      evidence.known_good && evidence.known_good->schema ? &*evidence.known_good->schema : nullptr;
  if (finding.signature->kind == "table") {
    view.exists = table_named(schema, finding.name) != nullptr;
    view.known = view.exists || schema.left_out == 0;
    view.misspelled_migration = before != nullptr && table_named(*before, finding.name) != nullptr &&
                                !suggestion.name.empty() && table_named(*before, suggestion.name) == nullptr;
    return view;
  }
  const record::Table* table = table_named(schema, finding.owner);
  // An alias says nothing; the table with the near column does.
  if (table == nullptr && !suggestion.table.empty()) table = table_named(schema, suggestion.table);
  if (table != nullptr) {
    view.table = table->name;
    view.columns = column_names(*table);
    view.exists = has_column(*table, finding.name);
    view.in_another_table = suggestion.name == finding.name && !view.exists;
  } else {
    view.exists =
        std::ranges::any_of(schema.tables, [&](const record::Table& each) { return has_column(each, finding.name); });
    view.known = view.exists || schema.left_out == 0;
  }
  if (before != nullptr && !suggestion.name.empty() && suggestion.name != finding.name) {
    const auto had = [&](const std::string& name) {
      return std::ranges::any_of(before->tables, [&](const record::Table& each) {
        return (view.table.empty() || equal_ignoring_ascii_case(each.name, view.table)) && has_column(each, name);
      });
    };
    view.misspelled_migration = had(finding.name) && !had(suggestion.name);
  }
  return view;
}

Slip who_slipped(std::string_view asked, std::string_view present, const Evidence& evidence) {
  // "password_reset" and "password_resets": the schema's other tables tell which is the house's style.
  if (evidence.schema &&
      std::ranges::any_of(evidence.schema->tables, [&](const record::Table& table) { return table.name == present; })) {
    const int style = number_of_tables(*evidence.schema, present);
    if (present == std::string(asked) + "s" && style != 0) return style > 0 ? Slip::asked : Slip::present;
    if (asked == std::string(present) + "s" && style != 0) return style > 0 ? Slip::present : Slip::asked;
  }
  const bool asked_usual = is_usual(asked), present_usual = !present.empty() && is_usual(present);
  if (asked_usual && !present_usual && !present.empty()) return Slip::present;
  if (present_usual && !asked_usual) return Slip::asked;
  const auto is_field = [&](std::string_view name) {
    return std::ranges::any_of(
        evidence.fields, [&](const std::string& field) { return equal_ignoring_ascii_case(last_part(field), name); });
  };
  if (!present.empty() && is_field(asked) != is_field(present)) return is_field(asked) ? Slip::present : Slip::asked;
  if (!asked_usual && usual_spelling(asked).size() &&
      (present.empty() || ascii_lower(usual_spelling(asked)) == ascii_lower(present)))
    return Slip::asked;
  if (!present.empty() && !present_usual && ascii_lower(usual_spelling(present)) == ascii_lower(asked))
    return Slip::present;
  return Slip::unknown;
}

} // namespace murphy::diagnose
