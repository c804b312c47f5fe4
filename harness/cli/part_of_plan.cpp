#include "cli/part_of_plan.h"

#include "base/hash.h"
#include "cli/shard_option.h"
#include "record/journal.h"
#include "run/plan/shards.h"
#include "scenario/files.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <iterator>

namespace murphy::cli {
namespace {

Result<run::Weights> read_weights(const std::string& journal) {
  run::Weights weights;
  if (journal.empty()) return weights;
  const auto events = record::read_journal(journal);
  if (!events) return std::unexpected(events.error());
  for (const record::Event& event : *events) {
    const auto* finished = std::get_if<record::CaseFinished>(&event);
    if (finished == nullptr) continue;
    if (finished->outcome == record::Outcome::passed || finished->outcome == record::Outcome::failed)
      weights[finished->id] = finished->duration;
  }
  return weights;
}

// Shards with the same hash are parts of one plan: whatever decides who runs what goes into it.
std::string hash_of(const run::Plan& plan, const Loaded& loaded, const RunOptions& options,
                    const std::vector<std::string>& selection, const ShardOption& shard, const run::Weights& weights) {
  const std::string target = options.target.empty() ? loaded.project->targets.front().name : options.target;
  std::string text = fmt::format("{} {}\n{}\n", record::journal_version, shard.total, target);
  for (const std::string& each : selection) text += each + "\n";
  std::vector<std::string> ids;
  for (const run::Case& each : plan.cases) ids.push_back(each.planned->id);
  std::ranges::sort(ids);
  for (const std::string& id : ids) {
    text += id + "\n";
    if (const auto known = weights.find(id); known != weights.end()) text += fmt::format("{}\n", known->second.count());
  }
  std::vector<std::string> files; // by what they hold: machines have them in other places
  for (const std::string& file : loaded.inputs)
    if (const auto content = scenario::load(file)) files.push_back(hex_digest(Hash::sha256, content->view()));
  std::ranges::sort(files);
  for (const std::string& file : files) text += file + "\n";
  return hex_digest(Hash::sha256, text);
}

// Bazel runs all of a test in each shard unless the test says so that it knows of shards.
void answer_bazel() {
  if (const char* file = std::getenv("TEST_SHARD_STATUS_FILE")) std::ofstream(file, std::ios::app);
}

} // namespace

Result<PartOfPlan> part_of_plan(const run::Plan& plan, const Loaded& loaded, const RunOptions& options,
                                const std::vector<std::string>& selection) {
  const auto shard = read_shard_option(options.shard, [](const char* name) { return std::getenv(name); });
  if (!shard) return std::unexpected(shard.error());
  const auto weights = read_weights(options.weights);
  if (!weights) return std::unexpected(weights.error());
  answer_bazel();
  const std::vector<int> shards = run::shards_of(plan, shard->total, *weights);
  return PartOfPlan{.shard = {.index = shard->index,
                              .total = shard->total,
                              .plan = hash_of(plan, loaded, options, selection, *shard, *weights),
                              .cases = static_cast<int>(plan.cases.size())},
                    .plan = run::part_of(plan, shards, shard->index)};
}

} // namespace murphy::cli
