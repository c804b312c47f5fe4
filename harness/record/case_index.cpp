#include "record/case_index.h"

#include <algorithm>
#include <numeric>

namespace murphy::record {

CaseIndex::CaseIndex(const PlannedCases& plan) : by_id_(plan.size()) {
  std::iota(by_id_.begin(), by_id_.end(), 0U);
  std::ranges::sort(by_id_, {}, [&](std::uint32_t place) -> std::string_view { return plan[place]->id; });
}

std::optional<std::size_t> CaseIndex::find(const PlannedCases& plan, std::string_view id) const {
  const auto id_at = [&](std::uint32_t place) -> std::string_view { return plan[place]->id; };
  const auto found = std::ranges::lower_bound(by_id_, id, {}, id_at);
  if (found == by_id_.end() || id_at(*found) != id) return std::nullopt;
  return *found;
}

const PlannedCase* CaseIndex::repeated(const PlannedCases& plan) const {
  const auto same = std::ranges::adjacent_find(
      by_id_, [&](std::uint32_t one, std::uint32_t other) { return plan[one]->id == plan[other]->id; });
  return same == by_id_.end() ? nullptr : &*plan[*same];
}

} // namespace murphy::record
