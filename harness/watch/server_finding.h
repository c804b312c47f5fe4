// How a check of a server came out.
#pragma once

#include "watch/look.h"

#include <optional>
#include <string>

namespace murphy::watch {

struct ServerFinding {
  // `blind`: nothing could be seen, which is no good news.
  enum class State { ok, bad, blind };
  State state = State::ok;
  std::string words{}; // what is bad, or why nothing could be seen; half a sentence
  std::optional<LikelyCause> cause{};
};

} // namespace murphy::watch
