// How much evidence is kept: enough to judge by, and never more than a stated size. docs/journal.md says the same.
#pragma once

#include "record/event.h"

#include <cstddef>
#include <vector>

namespace murphy::record {

// Bytes of what is kept once for a run, as they stand in the journal.
inline constexpr std::size_t most_of_schema = 2U << 20;
inline constexpr std::size_t most_of_known_good = 2U << 20;
inline constexpr std::size_t most_of_signatures = 256U << 10;
// Bytes of text: what the app wrote until it was ready, and while one step ran that did not pass.
inline constexpr std::size_t most_of_start = 64U << 10;
inline constexpr std::size_t most_of_step = 1U << 20;
inline constexpr std::size_t most_of_got = 2048; // what a failed expectation got

// Leaves out the oldest lines until the text of the others is no longer than so many bytes.
void keep_newest(std::vector<ConsoleLine>& lines, std::size_t bytes);

// Leaves out the middle of a text longer than most_of_got. What it holds is masked before: half a secret is not found.
void keep_within_bounds(Got& got);

// Leaves out what is beyond the bounds: of the tables those first that do not concern sign-in, of the record visits
// before forms and cookies, and of signatures the last. The schema says how many tables are left out.
void keep_within_bounds(EvidenceGathered& gathered);

} // namespace murphy::record
