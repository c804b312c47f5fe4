// Why something is red, and how much that says. Pure.
#pragma once

#include "record/suspect.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

struct LikelyCause {
  std::string fingerprint; // the same for the same cause in every round
  std::string words;       // "the database — column …"
  record::Confidence confidence = record::Confidence::low;
  std::vector<std::string> names; // the identifiers that it is about; some may be empty
  bool operator==(const LikelyCause&) const = default;
};

// How much a cause says: nothing that anybody should hear, where it breaks, or the name of what breaks it.
enum class Telling { nothing, place, name };
Telling telling(const std::optional<LikelyCause>& cause);

// Whether they cannot be one: both name what breaks it, and have no name in common. The same outage shows in one
// scenario with its name, and in another with the place alone.
bool contradict(const std::optional<LikelyCause>& one, const std::optional<LikelyCause>& other);

// Whether both are told and are the same.
bool is_same(const std::optional<LikelyCause>& one, const std::optional<LikelyCause>& other);

} // namespace murphy::watch
