#include "diagnose/waiting_migrations.h"

#include "base/text.h"
#include "diagnose/cause_text.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>
#include <string_view>
#include <utility>

namespace murphy::diagnose {
namespace {

using record::Layer;
using record::Suspect;

constexpr std::size_t most_named = 2;
constexpr const char* run_them = "Run the migrations that have not run, or find out why they did not.";

bool concerns_tables(const Suspect& suspect) {
  const auto is_of_data = [](Layer layer) { return layer == Layer::database || layer == Layer::model; };
  return is_of_data(suspect.layer) || is_of_data(suspect.also);
}

bool has_table(const record::Schema& schema, std::string_view name) {
  const auto bare = [](std::string_view text) { return text.substr(text.rfind('.') + 1); };
  return std::ranges::any_of(schema.tables, [&](const record::Table& table) {
    return equal_ignoring_ascii_case(bare(table.name), bare(name));
  });
}

bool has_column(const record::Schema& schema, std::string_view name) {
  return std::ranges::any_of(schema.tables, [&](const record::Table& table) {
    return std::ranges::any_of(
        table.columns, [&](const record::Column& column) { return equal_ignoring_ascii_case(column.name, name); });
  });
}

bool has(const record::Schema& schema, std::string_view kind, std::string_view name) {
  return kind == "table" ? has_table(schema, name) : has_column(schema, name);
}

// Those of a list that write the name.
std::vector<std::string> that_name(const std::string& name, const std::vector<std::string>& list,
                                   const Evidence& evidence) {
  const auto found = evidence.named_in.find(name);
  if (name.empty() || found == evidence.named_in.end()) return {};
  std::vector<std::string> both;
  std::ranges::copy_if(list, std::back_inserter(both),
                       [&](const std::string& each) { return contains(found->second, each); });
  return both;
}

// Those that wait and write the name. One that is not listed waits as well, if it has not run.
std::vector<std::string> waiting_that_name(const std::string& name, const Evidence& evidence) {
  const record::MigrationsSeen& seen = *evidence.migrations;
  const auto found = evidence.named_in.find(name);
  if (seen.left_out == 0 || name.empty() || found == evidence.named_in.end())
    return that_name(name, seen.waiting, evidence);
  std::vector<std::string> waiting = found->second;
  std::erase_if(waiting, [&](const std::string& each) { return contains(seen.came, each); });
  return waiting;
}

// `left_out`: how many more there are.
std::string listed(const std::vector<std::string>& names, std::int64_t left_out = 0) {
  const std::size_t shown = std::min(names.size(), most_named), all = names.size() + static_cast<std::size_t>(left_out);
  std::string text = join({names.begin(), names.begin() + static_cast<std::ptrdiff_t>(shown)}, " and ");
  if (all > shown) text += fmt::format(" and {} more", all - shown);
  return (all == 1 ? "migration " : "migrations ") + text;
}

const char* have(const std::vector<std::string>& names) { return names.size() == 1 ? "has" : "have"; }

// Behind the line that says what is missing, before those that only say more of it.
void add_line(Suspect& suspect, std::string text) {
  const auto place = suspect.evidence.begin() + std::min<std::ptrdiff_t>(1, std::ssize(suspect.evidence));
  suspect.evidence.insert(place, {record::EvidenceSource::schema, std::move(text)});
}

void blame(Suspect& suspect, const Finding& finding, const std::vector<std::string>& waiting) {
  suspect.layer = Layer::database;
  suspect.also = Layer::unknown;
  const bool is_one = waiting.size() == 1;
  suspect.cause = fmt::format("{}; {}, which {} it, {} not run", cause_of(finding, {}, {}), listed(waiting),
                              is_one ? "names" : "name", have(waiting));
  suspect.suggestion.clear();
  suspect.origin = record::SuggestionOrigin::none;
  suspect.wrong_name.clear();
  suspect.advice = run_them;
}

// A name that is near says that the missing one is a slip, unless the migration that makes the one renames the other.
// Of a database too large to be kept whole, nobody knows what is missing.
bool may_be_blamed(const Suspect& suspect, std::string_view kind, const std::vector<std::string>& waiting,
                   const Evidence& evidence) {
  if (waiting.empty() || evidence.schema->left_out > 0) return false;
  // One of the same name elsewhere: the migration may be about that.
  if (has(*evidence.schema, kind, suspect.identifier)) return false;
  return suspect.suggestion.empty() || !that_name(suspect.suggestion, waiting, evidence).empty();
}

// What speaks for the suspect, if anything does.
std::string remark(const Suspect& suspect, std::string_view kind, const Evidence& evidence) {
  const record::MigrationsSeen& seen = *evidence.migrations;
  for (const std::string& name : {suspect.suggestion, suspect.identifier})
    if (const auto came = that_name(name, seen.came, evidence); !came.empty())
      return fmt::format("{} {} run since the baseline, and {} \"{}\"", listed(came), have(came),
                         came.size() == 1 ? "names" : "name", name);
  if (!seen.broken.empty()) return seen.broken;
  const auto& known = evidence.known_good;
  const bool had_it = known && known->schema && has(*known->schema, kind, suspect.identifier);
  if (!had_it) return {};
  if (!seen.gone.empty())
    return fmt::format("{} had run when the baseline was made, and {} not noted now", listed(seen.gone),
                       seen.gone.size() == 1 ? "is" : "are");
  if (!seen.unknown.empty())
    return fmt::format("{} {} run and {} no file: the app may be older than its tables", listed(seen.unknown),
                       have(seen.unknown), have(seen.unknown));
  return {};
}

} // namespace

void judge_by_migrations(Suspect& suspect, const Finding& finding, const Evidence& evidence) {
  if (!evidence.migrations || !evidence.schema) return;
  const std::string& kind = finding.signature->kind;
  const std::vector<std::string>& all_waiting = evidence.migrations->waiting;
  if (kind == "migration" && !all_waiting.empty())
    return add_line(
        suspect, fmt::format("{} {} not run", listed(all_waiting, evidence.migrations->left_out), have(all_waiting)));
  if ((kind != "column" && kind != "table") || !concerns_tables(suspect)) return;
  for (const std::string& name : {suspect.identifier, suspect.suggestion})
    if (const auto found = evidence.named_in.find(name);
        !name.empty() && found != evidence.named_in.end() && !found->second.empty())
      suspect.named_in.push_back({found->first, found->second});
  const auto waiting = waiting_that_name(suspect.identifier, evidence);
  std::string line = waiting.empty()
                         ? remark(suspect, kind, evidence)
                         : fmt::format("{}, which {} \"{}\", {} not run", listed(waiting),
                                       waiting.size() == 1 ? "names" : "name", suspect.identifier, have(waiting));
  if (may_be_blamed(suspect, kind, waiting, evidence)) blame(suspect, finding, waiting);
  if (!line.empty()) add_line(suspect, std::move(line));
}

std::map<std::string, std::vector<std::string>> named_in_of(std::span<const Suspect> recorded) {
  std::map<std::string, std::vector<std::string>> all;
  for (const Suspect& suspect : recorded)
    for (const record::NamedIn& each : suspect.named_in) all[each.name] = each.migrations;
  return all;
}

} // namespace murphy::diagnose
