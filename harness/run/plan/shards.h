// Which part of a plan a machine runs, of several that share it. Pure.
#pragma once

#include "run/plan/plan.h"

#include <chrono>
#include <map>
#include <string>
#include <vector>

namespace murphy::run {

// How long each case took, by id. Those that it does not know are taken for the median; where it knows none, the steps
// of a case are its weight.
using Weights = std::map<std::string, std::chrono::microseconds>;

// For each case of the plan the shard that runs it, from 1. The cases of a file stay together, as they run one after
// the other: the heaviest file goes first, each to the shard that has least. The same plan and weights give the same
// parts on every machine.
std::vector<int> shards_of(const Plan& plan, int total, const Weights& weights);

// The cases of one shard, in their order.
Plan part_of(const Plan& plan, const std::vector<int>& shards, int index);

} // namespace murphy::run
