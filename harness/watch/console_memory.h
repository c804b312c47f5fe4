// What a watch remembers of the error lines on the app's console: which kinds there are, and how many are usual. Pure.
#pragma once

#include "watch/look.h"
#include "watch/server_finding.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>

namespace murphy::watch {

// A kind of error line that nobody has seen before.
struct NewKind {
  std::string text; // the line
  Instant seen{};   // when it came last
  std::optional<LikelyCause> cause{};
  bool operator==(const NewKind&) const = default;
};

struct ConsoleMemory {
  std::map<std::string, NewKind> news;         // by form
  std::map<std::string, Instant> known;        // forms that are no news any longer, and when each came last
  std::map<std::int64_t, std::int64_t> counts; // of error lines, by ten seconds since 1970; those without any are 0
  Instant began{};                             // since then nothing was missed; the epoch: nothing was read yet
  Instant looked{};                            // the last look
  Instant learned_from{};                      // without a baseline, everything is usual at first; the epoch: not yet
  bool operator==(const ConsoleMemory&) const = default;
};

// Takes in what was read since the look before. Bad: a kind is new, and was seen in the last ten minutes; or there are
// five lines in a minute and five times as many as usual.
ServerFinding take_in(ConsoleMemory& memory, const ConsoleLook& look, Instant now);

// What is new now is part of something that was reported: if it goes on after that, it is new again.
void forget_news(ConsoleMemory& memory);

} // namespace murphy::watch
