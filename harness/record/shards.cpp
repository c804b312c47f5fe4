#include "record/shards.h"

#include "base/make_error.h"

#include <algorithm>
#include <map>
#include <unordered_map>

namespace murphy::record {
namespace {

constexpr std::size_t short_commit = 9;

Error of_journal(const PartOfRun& part, std::string what, std::string hint) {
  return in_file(usage_error(std::move(what), std::move(hint)), part.journal);
}

std::string named(const std::string& commit) {
  return commit.empty() ? "no commit" : "commit " + commit.substr(0, short_commit);
}

// What keeps a journal from being a part of the same run as the first; empty: nothing.
std::string difference(const RunStarted& first, const RunStarted& other) {
  if (other.murphy_version != first.murphy_version)
    return "it was written by Murphy " + other.murphy_version + ", the first by " + first.murphy_version;
  if (other.origin.commit != first.origin.commit)
    return "it is of " + named(other.origin.commit) + ", the first of " + named(first.origin.commit);
  if (other.shard->total != first.shard->total)
    return "it is one of " + std::to_string(other.shard->total) + " shards, the first one of " +
           std::to_string(first.shard->total);
  if (other.shard->plan != first.shard->plan || other.shard->cases != first.shard->cases)
    return "its shard was cut from another plan: the scenarios, the selection, the target or the weights differ";
  return {};
}

// What holds for the runs of both.
void add_conditions(RunConditions& conditions, const RunConditions& more) {
  for (const FileRead& each : more.files)
    if (std::ranges::find(conditions.files, each.file, &FileRead::file) == conditions.files.end())
      conditions.files.push_back(each);
  if (conditions.unique != more.unique) conditions.unique.reset();
  conditions.is_stepped = conditions.is_stepped || more.is_stepped;
}

} // namespace

Result<MissingParts> check_parts(const std::vector<PartOfRun>& parts) {
  std::map<int, const PartOfRun*> by_shard;
  std::unordered_map<std::string_view, const PartOfRun*> by_case;
  for (const PartOfRun& part : parts) {
    if (!part.started.shard)
      return std::unexpected(of_journal(part, "this is the journal of a whole run, not of a shard",
                                        "murphy report reads it; murphy run --shard 1/2 makes shards"));
    const RunStarted& first = parts.front().started;
    if (const std::string differs = difference(first, part.started); !differs.empty())
      return std::unexpected(
          of_journal(part, "this journal belongs to another run than " + parts.front().journal + ": " + differs,
                     "merge the journals of one CI build only"));
    const auto [same, is_new] = by_shard.emplace(part.started.shard->index, &part);
    if (!is_new)
      return std::unexpected(of_journal(
          part, "this is shard " + std::to_string(part.started.shard->index) + ", and so is " + same->second->journal,
          "pass each shard once; of a shard that ran again, the newer journal"));
    for (const PlannedCase& planned : part.started.plan)
      if (const auto [other, is_first] = by_case.emplace(planned.id, &part); !is_first)
        return std::unexpected(
            of_journal(part, "the scenario \"" + planned.id.str() + "\" is in " + other->second->journal + " as well",
                       "run both again"));
  }
  MissingParts missing;
  if (parts.empty()) return missing;
  const Shard& shard = *parts.front().started.shard;
  for (int index = 1; index <= shard.total; ++index)
    if (!by_shard.contains(index)) missing.shards.push_back(index);
  missing.cases = shard.cases - static_cast<int>(by_case.size());
  if (missing.cases < 0 || (missing.shards.empty() && missing.cases != 0))
    return std::unexpected(of_journal(parts.front(),
                                      "the shards have " + std::to_string(by_case.size()) +
                                          " scenarios, and the plan " + std::to_string(shard.cases),
                                      "run all shards again, of one checkout"));
  return missing;
}

RunStarted joined_start(const std::vector<PartOfRun>& parts) {
  RunStarted joined = parts.front().started;
  joined.shard.reset();
  joined.plan.clear();
  for (const PartOfRun& part : parts) {
    joined.at = std::min(joined.at, part.started.at);
    joined.plan.insert(joined.plan.end(), part.started.plan.begin(), part.started.plan.end());
    if (!part.started.conditions) continue;
    if (joined.conditions)
      add_conditions(*joined.conditions, *part.started.conditions);
    else
      joined.conditions = part.started.conditions;
  }
  // The cases of a file are all of one part, and in their order there.
  std::ranges::stable_sort(joined.plan, {}, [](const PlannedCase& planned) { return planned.place.file.view(); });
  return joined;
}

} // namespace murphy::record
