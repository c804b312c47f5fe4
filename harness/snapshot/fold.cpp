#include "snapshot/fold.h"

#include "base/text.h"
#include "diagnose/baseline_lines.h"
#include "record/seen.h"

#include <algorithm>

namespace murphy::snapshot {
namespace {

using record::KnownForm;
using record::KnownGood;
using record::KnownVisit;

constexpr std::size_t shortest_personal = 3; // shorter ones are in every word
constexpr std::size_t most_tables = 64;      // of a database that is kept whole
constexpr std::size_t most_console_lines = 200;

std::vector<record::Table> lasting_tables(const record::Schema& schema) {
  std::vector<record::Table> tables = schema.tables;
  if (tables.size() > most_tables)
    std::erase_if(tables, [](const auto& table) { return !record::concerns_sign_in(table); });
  std::ranges::sort(tables, {}, &record::Table::name);
  for (record::Table& table : tables) std::ranges::sort(table.unique);
  return tables;
}

// Words with the name of an account in them are no words of the app.
void leave_out(KnownGood& known, const std::vector<std::string>& personal) {
  std::vector<std::string> names;
  for (const std::string& name : personal)
    if (name.size() >= shortest_personal) names.push_back(fold_case(folded(name)));
  const auto is_personal = [&](const std::string& words) {
    const std::string lower = fold_case(words);
    return std::ranges::any_of(names, [&](const std::string& name) { return lower.contains(name); });
  };
  std::erase_if(known.forms, [&](const KnownForm& form) { return is_personal(form.form.name); });
  for (KnownForm& form : known.forms)
    for (record::PageField& field : form.form.fields)
      if (is_personal(field.label)) field.label.clear();
  for (KnownVisit& visit : known.visits) {
    if (is_personal(visit.title)) visit.title.clear();
    std::erase_if(visit.errors, is_personal);
  }
  std::erase_if(known.console, is_personal);
}

// Only what has its like in both, and of it what both have.
template <class T> void keep_alike(std::vector<T>& values, const std::vector<T>& others) {
  std::erase_if(values, [&](T& value) {
    const auto same = std::ranges::find_if(others, [&](const T& other) { return key_of(other) == key_of(value); });
    if (same == others.end()) return true;
    keep_common(value, *same);
    return false;
  });
}

} // namespace

KnownGood known_good_of(const Healthy& healthy, Cases cases) {
  record::Seen seen;
  for (const record::FeatureResult& feature : healthy.run.features) {
    for (const record::CaseResult& each : feature.cases) {
      if ((each.outcome == record::Outcome::passed) != (cases == Cases::that_passed)) continue;
      for (const record::StepResult& step : each.steps) seen.take(step);
    }
  }
  KnownGood known = seen.finish();
  if (healthy.schema) {
    known.engine = healthy.schema->engine;
    known.tables = lasting_tables(*healthy.schema);
  }
  known.migrations = healthy.migrations;
  std::ranges::sort(known.migrations, {}, &record::KnownMigrations::tool);
  known.console = diagnose::baseline_error_lines(healthy.console);
  if (known.console.size() > most_console_lines) known.console.resize(most_console_lines);
  leave_out(known, healthy.personal);
  return known;
}

KnownGood common(KnownGood one, const KnownGood& other) {
  keep_alike(one.forms, other.forms);
  keep_alike(one.visits, other.visits);
  record::keep_equal(one.cookies, other.cookies);
  record::keep_equal(one.tables, other.tables);
  record::keep_equal(one.console, other.console);
  record::keep_equal(one.migrations, other.migrations);
  return one;
}

} // namespace murphy::snapshot
