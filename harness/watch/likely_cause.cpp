#include "watch/likely_cause.h"

#include "base/text.h"

#include <algorithm>

namespace murphy::watch {

Telling telling(const std::optional<LikelyCause>& cause) {
  if (!cause || cause->confidence == record::Confidence::guess || cause->fingerprint.empty()) return Telling::nothing;
  const bool has_name = std::ranges::any_of(cause->names, [](const std::string& name) { return !name.empty(); });
  return has_name && cause->confidence > record::Confidence::low ? Telling::name : Telling::place;
}

bool contradict(const std::optional<LikelyCause>& one, const std::optional<LikelyCause>& other) {
  if (telling(one) != Telling::name || telling(other) != Telling::name || is_same(one, other)) return false;
  return std::ranges::none_of(one->names,
                              [&](const std::string& name) { return !name.empty() && contains(other->names, name); });
}

bool is_same(const std::optional<LikelyCause>& one, const std::optional<LikelyCause>& other) {
  return telling(one) != Telling::nothing && telling(other) != Telling::nothing &&
         one->fingerprint == other->fingerprint;
}

} // namespace murphy::watch
