// Which case of a plan has an id.
#pragma once

#include "base/shared.h"
#include "record/event.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace murphy::record {

using PlannedCases = std::vector<Shared<PlannedCase>>;

// Four bytes a case. Asked together with the plan that it was made of.
class CaseIndex {
public:
  CaseIndex() = default;
  explicit CaseIndex(const PlannedCases& plan);

  // The place of the case in the plan; of several with that id, of one.
  std::optional<std::size_t> find(const PlannedCases& plan, std::string_view id) const;
  // A case whose id another one has as well, or null.
  const PlannedCase* repeated(const PlannedCases& plan) const;

  bool operator==(const CaseIndex&) const = default;

private:
  std::vector<std::uint32_t> by_id_; // places, in the order of the ids
};

} // namespace murphy::record
