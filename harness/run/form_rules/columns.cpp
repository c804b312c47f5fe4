#include "run/form_rules/columns.h"

#include "base/label.h"
#include "base/nearest.h"
#include "base/sign_in_words.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace murphy::run {
namespace {

// One spelling for all ways to join the words.
std::string spelled(std::string_view name) {
  std::string all;
  for (const std::string& word : words_of_name(name)) all += word;
  return all;
}

// The same of a label, without what only leads to its noun.
std::string spelled_label(std::string_view label) {
  constexpr std::array<std::string_view, 9> beside = {"a", "an", "the", "my", "you", "your", "our", "new", "please"};
  constexpr std::string_view marks = "*:,;!?()";
  std::string all;
  for (std::string word : words_of_name(label)) {
    std::erase_if(word, [&](char c) { return marks.contains(c); });
    if (std::ranges::find(beside, word) == beside.end()) all += word;
  }
  return all;
}

bool can_have_column(const drive::FormField& field) {
  return !field.name.empty() && field.barred.empty() && !is_password_type(field.type);
}

std::optional<std::size_t> column_named(const record::Table& table, const std::string& spelling) {
  if (spelling.empty()) return std::nullopt;
  const auto found = std::ranges::find_if(
      table.columns, [&](const record::Column& column) { return spelled(column.name) == spelling; });
  if (found == table.columns.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.columns.begin());
}

// For each field the place of its column in the table.
using Places = std::vector<std::optional<std::size_t>>;

// Two fields of one name say of neither which column it is.
void drop_shared(Places& places) {
  const Places all = places;
  for (std::optional<std::size_t>& place : places)
    if (place && std::ranges::count(all, place) > 1) place.reset();
}

Places places_in(const record::Table& table, const std::vector<drive::FormField>& fields) {
  Places by_name(fields.size()), by_label(fields.size());
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (can_have_column(fields[i])) by_name[i] = column_named(table, spelled(last_part(fields[i].name)));
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!can_have_column(fields[i]) || by_name[i]) continue;
    for (const std::string& label : fields[i].labels) {
      const auto place = column_named(table, spelled_label(label));
      if (!place || std::ranges::find(by_name, place) != by_name.end()) continue;
      by_label[i] = place;
      break;
    }
  }
  drop_shared(by_name);
  drop_shared(by_label);
  for (std::size_t i = 0; i < fields.size(); ++i)
    if (!by_name[i]) by_name[i] = by_label[i];
  return by_name;
}

std::size_t found_in(const Places& places) {
  return static_cast<std::size_t>(
      std::ranges::count_if(places, [](const std::optional<std::size_t>& place) { return place.has_value(); }));
}

} // namespace

bool holds_text(const drive::FormField& field) {
  return field.type != "select" && field.type != "radio" && field.type != "checkbox";
}

Columns columns_behind(const record::Schema& schema, const std::vector<drive::FormField>& fields) {
  Columns behind;
  behind.engine = schema.engine;
  behind.field.resize(fields.size());
  const record::Table* best = nullptr;
  Places best_places;
  std::size_t most = 0;
  bool is_tied = false;
  for (const record::Table& table : schema.tables) {
    Places places = places_in(table, fields);
    const std::size_t found = found_in(places);
    if (found < most || found == 0) continue;
    is_tied = found == most;
    most = found;
    best = &table;
    best_places = std::move(places);
  }
  const auto asked = static_cast<std::size_t>(std::ranges::count_if(
      fields, [](const drive::FormField& field) { return can_have_column(field) && holds_text(field); }));
  if (best == nullptr || is_tied || most * 2 < asked) return behind;
  behind.table = best->name;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (!best_places[i]) continue;
    const record::Column& column = best->columns[*best_places[i]];
    const bool is_unique = std::ranges::find(best->unique, std::vector{column.name}) != best->unique.end();
    behind.field[i] = BehindField{column, is_unique};
  }
  return behind;
}

} // namespace murphy::run
