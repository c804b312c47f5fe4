#include "run/form_rules/column_rules.h"

#include "base/sign_in_words.h"
#include "scenario/field_rules.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using record::Standing;

// Longer values are no test of a column.
constexpr std::int64_t longest_tried = 4000;

bool keeps_text(const record::Column& column) {
  constexpr std::array<std::string_view, 3> text = {"char", "text", "clob"};
  return std::ranges::any_of(text, [&](std::string_view part) { return column.type.contains(part); });
}

// In characters. The limits of MySQL's text types are in bytes, and far away.
std::optional<std::int64_t> bound_of(const record::Column& column) {
  return column.type.contains("char") ? column.length : std::nullopt;
}

bool may_be_empty(const record::Column& column) { return column.nullable || column.has_default; }

// The most characters that fit the form.
std::optional<std::size_t> most_of(const drive::FormField& field, const scenario::FieldRules* rules) {
  return rules != nullptr && rules->max_length ? rules->max_length : field.max_length;
}

bool asks_for_a_value(const drive::FormField& field, const scenario::FieldRules* rules) {
  return rules != nullptr && rules->required ? *rules->required : field.required;
}

std::string type_of(const record::Column& column) {
  std::string type = column.type;
  if (const std::string_view long_name = "character varying"; type.starts_with(long_name))
    type.replace(0, long_name.size(), "varchar");
  if (column.length && bound_of(column) && !type.contains('(')) type += fmt::format("({})", *column.length);
  return type;
}

class Side {
public:
  Side(const Columns& columns, const BehindField& behind, const drive::FormField& field, const RuledField& rule,
       const std::vector<Tried>& tried, record::ValidationCell& cell)
      : is_sqlite_(columns.engine == "sqlite"), column_(behind.column), field_(field), rule_(rule), cell_(cell) {
    cell_.behind = {.fact = Fact::none, .table = columns.table, .column = column_.name, .type = type_of(column_)};
    for (const Tried& each : tried) {
      if (each.verdict.kind != record::SubmissionEnd::server_error) continue;
      (each.accept ? fails_within_ : fails_beyond_) = true;
    }
  }

  void compare() {
    if (rule_.rule == "max_length") length();
    if (rule_.rule == "required") emptiness();
    if (rule_.rule == "unique") uniqueness();
    if (cell_.behind.fact == Fact::none) cell_.behind = {};
  }

private:
  using Fact = record::ColumnSeen::Fact;
  using Trouble = record::ColumnTrouble;

  void length() {
    cell_.behind.fact = Fact::length;
    const auto bound = bound_of(column_);
    if (!bound) return;
    if (is_sqlite_) cell_.behind.fact = Fact::loose_length;
    const auto most = most_of(field_, rule_.rules);
    if (!most || *bound == static_cast<std::int64_t>(*most)) {
      cell_.column = Standing::enforced;
      if (fails_beyond_) cell_.trouble = Trouble::refuses_first;
      return;
    }
    cell_.column = *bound < static_cast<std::int64_t>(*most) ? Standing::stricter : Standing::looser;
    if (cell_.column == Standing::looser) return;
    cell_.trouble = fails_within_                        ? Trouble::takes_less
                    : is_sqlite_                         ? Trouble::shorter_unasked
                    : cell_.server == Standing::enforced ? Trouble::cuts
                                                         : Trouble::shorter;
  }

  void emptiness() {
    cell_.behind.fact = column_.nullable      ? Fact::nullable
                        : column_.has_default ? Fact::not_null_with_default
                                              : Fact::not_null;
    if (asks_for_a_value(field_, rule_.rules)) {
      cell_.column = column_.nullable ? Standing::looser : Standing::enforced;
      return;
    }
    // What is left empty is a text without letters, which is not null.
    const bool is_taken = may_be_empty(column_) || (keeps_text(column_) && !fails_within_);
    cell_.column = is_taken ? Standing::enforced : Standing::stricter;
    if (!is_taken) cell_.trouble = Trouble::needs_value;
  }

  void uniqueness() {
    cell_.column = Standing::enforced;
    cell_.behind.fact = Fact::unique;
    if (fails_within_) cell_.trouble = Trouble::needs_other;
  }

  bool is_sqlite_;
  const record::Column& column_;
  const drive::FormField& field_;
  const RuledField& rule_;
  record::ValidationCell& cell_;
  bool fails_within_ = false, fails_beyond_ = false; // with a server error, by what has to be accepted or not
};

} // namespace

std::vector<RuledField> rules_of_column(const Columns& columns, const drive::FormSeen& form,
                                        const ProvedField& proved) {
  const std::optional<BehindField>& behind = columns.field[proved.field];
  const drive::FormField& field = form.fields[proved.field];
  if (!behind || !holds_text(field)) return {};
  std::vector<RuledField> rules;
  const auto add = [&](std::string rule, Standing page, Trial trial) {
    RuledField& added = rules.emplace_back();
    added.field = proved.field;
    added.rules = proved.rules;
    added.rule = std::move(rule);
    added.page = page;
    added.is_of_column = true;
    added.trials = {std::move(trial)};
  };
  const record::Column& column = behind->column;
  const bool says_nothing_of_empty = !field.required && (proved.rules == nullptr || !proved.rules->required);
  if (says_nothing_of_empty && !may_be_empty(column))
    add("required", Standing::missing, {.recipe = {.kind = Recipe::Kind::exact}, .accept = true});
  const auto bound = bound_of(column);
  if (columns.engine != "sqlite" && bound && *bound <= longest_tried && !most_of(field, proved.rules) &&
      scenario::has_lengths(value_type(field, proved.rules))) {
    const std::size_t too_long = static_cast<std::size_t>(*bound) + 1;
    add("max_length", Standing::missing,
        {.recipe = {.kind = Recipe::Kind::stretched, .length = too_long}, .accept = false});
  }
  if (behind->is_unique) add("unique", Standing::none, {.recipe = {.kind = Recipe::Kind::again}, .accept = true});
  return rules;
}

void compare_column(const Columns& columns, const drive::FormField& field, const RuledField& rule,
                    const std::vector<Tried>& tried, record::ValidationCell& cell) {
  if (columns.table.empty()) return;
  const std::optional<BehindField>& behind = columns.field[rule.field];
  if (behind) return Side(columns, *behind, field, rule, tried, cell).compare();
  const bool could_have = rule.rule == "max_length" || rule.rule == "required";
  if (!could_have || is_password_type(field.type)) return;
  cell.behind.fact = record::ColumnSeen::Fact::absent;
  cell.behind.table = columns.table;
}

} // namespace murphy::run
