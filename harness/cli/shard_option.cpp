#include "cli/shard_option.h"

#include "base/make_error.h"

#include <array>
#include <charconv>
#include <fmt/format.h>
#include <optional>
#include <string_view>

namespace murphy::cli {
namespace {

constexpr int most_shards = 100'000;

struct ShardVariables {
  const char* system;
  const char* index;
  const char* total;
  int first; // how the first shard is numbered
};

// From the systems' own documents. The variables of GitLab have names that others may use, too.
constexpr std::array shard_variables{
    ShardVariables{.system = "GitLab CI", .index = "CI_NODE_INDEX", .total = "CI_NODE_TOTAL", .first = 1},
    ShardVariables{.system = "CircleCI", .index = "CIRCLE_NODE_INDEX", .total = "CIRCLE_NODE_TOTAL", .first = 0},
    ShardVariables{
        .system = "Buildkite", .index = "BUILDKITE_PARALLEL_JOB", .total = "BUILDKITE_PARALLEL_JOB_COUNT", .first = 0},
    ShardVariables{.system = "Azure Pipelines",
                   .index = "SYSTEM_JOBPOSITIONINPHASE",
                   .total = "SYSTEM_TOTALJOBSINPHASE",
                   .first = 1},
    ShardVariables{.system = "Bitbucket Pipelines",
                   .index = "BITBUCKET_PARALLEL_STEP",
                   .total = "BITBUCKET_PARALLEL_STEP_COUNT",
                   .first = 0},
    ShardVariables{.system = "Semaphore", .index = "SEMAPHORE_JOB_INDEX", .total = "SEMAPHORE_JOB_COUNT", .first = 1},
    ShardVariables{.system = "Kubernetes", .index = "JOB_COMPLETION_INDEX", .total = "MURPHY_SHARDS", .first = 0},
    ShardVariables{.system = "Bazel", .index = "TEST_SHARD_INDEX", .total = "TEST_TOTAL_SHARDS", .first = 0},
};

std::optional<int> whole_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// `first` is how the first shard is numbered.
Result<ShardOption> checked(const std::string& what, std::string_view index, std::string_view total, int first) {
  const auto at = whole_number(index), of = whole_number(total);
  if (!at || !of)
    return std::unexpected(
        usage_error(fmt::format("{} is not a shard", what), "write the shard and how many there are: --shard 3/8"));
  if (*of < 1 || *of > most_shards)
    return std::unexpected(usage_error(fmt::format("{}: there can be 1 to {} shards", what, most_shards),
                                       "write the shard and how many there are: --shard 3/8"));
  if (*at < first || *at - first >= *of)
    return std::unexpected(
        usage_error(fmt::format("{} is out of range", what),
                    fmt::format("of {} shards, the first is {} and the last is {}", *of, first, *of - 1 + first)));
  return ShardOption{.index = *at - first + 1, .total = *of};
}

Result<ShardOption> of_ci(const reports::Variable& variable) {
  const ShardVariables* shown = nullptr;
  for (const ShardVariables& row : shard_variables) {
    if (variable(row.index) == nullptr) continue;
    if (shown != nullptr)
      return std::unexpected(usage_error(fmt::format("--shard auto: this looks like {} ({}) and like {} ({})",
                                                     shown->system, shown->index, row.system, row.index),
                                         "write the shard and how many there are: --shard 3/8"));
    shown = &row;
  }
  if (shown == nullptr)
    return std::unexpected(usage_error("--shard auto: no variable of a CI system says which part this job is",
                                       "write the shard and how many there are: --shard 3/8"));
  const char* total = variable(shown->total);
  if (total == nullptr)
    return std::unexpected(usage_error(
        fmt::format("--shard auto: {} says {}, but {} is not set", shown->system, shown->index, shown->total),
        fmt::format("set {} to the number of shards", shown->total)));
  const char* index = variable(shown->index);
  return checked(fmt::format("--shard auto: {} {} of {} {}", shown->index, index, shown->total, total), index, total,
                 shown->first);
}

} // namespace

Result<ShardOption> read_shard_option(const std::string& text, const reports::Variable& variable) {
  if (text == "auto") return of_ci(variable);
  const std::size_t slash = text.find('/');
  const std::string_view view = text;
  const std::string_view total = slash == std::string::npos ? std::string_view() : view.substr(slash + 1);
  return checked("--shard " + text, view.substr(0, slash), total, 1);
}

} // namespace murphy::cli
