#include "run/plan/shards.h"

#include <algorithm>
#include <cstdint>
#include <functional>
#include <queue>
#include <tuple>
#include <unordered_map>
#include <utility>

namespace murphy::run {
namespace {

struct File {
  std::string name;
  std::uint64_t weight = 0;
  std::vector<std::size_t> cases;
};

std::uint64_t weight_by_time(const Case& each, const Weights& weights, std::uint64_t otherwise) {
  const auto known = weights.find(each.planned->id);
  // A case that took no time at all is still started.
  return known == weights.end() ? otherwise
                                : std::max<std::uint64_t>(1, static_cast<std::uint64_t>(known->second.count()));
}

std::uint64_t weight_by_steps(const Case& each) {
  return each.scenario == nullptr ? 1 : 1 + each.scenario->steps.size() + each.scenario->cleanup.size();
}

// Of the cases that the plan has; 0: none of them is known.
std::uint64_t median_of(const Plan& plan, const Weights& weights) {
  std::vector<std::uint64_t> known;
  for (const Case& each : plan.cases)
    if (weights.contains(each.planned->id)) known.push_back(weight_by_time(each, weights, 0));
  if (known.empty()) return 0;
  const auto middle = known.begin() + static_cast<std::ptrdiff_t>(known.size() / 2);
  std::ranges::nth_element(known, middle);
  return *middle;
}

std::vector<File> files_of(const Plan& plan, const Weights& weights) {
  const std::uint64_t median = median_of(plan, weights);
  std::vector<File> files;
  std::unordered_map<std::string, std::size_t> at;
  for (std::size_t i = 0; i < plan.cases.size(); ++i) {
    const Case& each = plan.cases[i];
    const auto [known, is_new] = at.emplace(each.planned->place.file, files.size());
    if (is_new) files.emplace_back().name = each.planned->place.file;
    File& file = files[known->second];
    file.weight += median == 0 ? weight_by_steps(each) : weight_by_time(each, weights, median);
    file.cases.push_back(i);
  }
  return files;
}

} // namespace

std::vector<int> shards_of(const Plan& plan, int total, const Weights& weights) {
  std::vector<File> files = files_of(plan, weights);
  // By name where they weigh the same: the order of the plan may be shuffled.
  std::ranges::sort(files, [](const File& left, const File& right) {
    return std::tie(right.weight, left.name) < std::tie(left.weight, right.name);
  });
  using Load = std::pair<std::uint64_t, int>; // and the shard that has it
  std::priority_queue<Load, std::vector<Load>, std::greater<>> loads;
  for (int shard = 1; shard <= total; ++shard) loads.emplace(0, shard);
  std::vector<int> shards(plan.cases.size());
  for (const File& file : files) {
    const auto [load, shard] = loads.top();
    loads.pop();
    loads.emplace(load + file.weight, shard);
    for (const std::size_t each : file.cases) shards[each] = shard;
  }
  return shards;
}

Plan part_of(const Plan& plan, const std::vector<int>& shards, int index) {
  Plan part;
  part.seed = plan.seed;
  for (std::size_t i = 0; i < plan.cases.size(); ++i)
    if (shards[i] == index) part.cases.push_back(plan.cases[i]);
  return part;
}

} // namespace murphy::run
