#include "scenario/model.h"

#include <algorithm>

namespace murphy::scenario {

bool Text::is_literal() const {
  return std::ranges::none_of(parts, [](const Part& part) { return part.reference; });
}

} // namespace murphy::scenario
