// An address that the scenario has and the app does not, and one that is spelled almost like it.
#pragma once

#include <cstdint>
#include <string>

namespace murphy::record {

struct NearAddress {
  std::string wanted;       // paths of the app, without query
  std::string known;        //
  bool is_answered = false; // the app led to the known one in this step
  std::int64_t pages = 0;   // that lead to the known one, of those that the scenario has seen; to the wanted one: none
  std::int64_t places = 0;  // of the project file and the scenarios of the run that have the known one
  std::int64_t places_of_wanted = 0;
  bool operator==(const NearAddress&) const = default;
};

} // namespace murphy::record
