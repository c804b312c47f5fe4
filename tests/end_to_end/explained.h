// What murphy explain says of a journal alone, compared with what the run said.
#pragma once

#include <filesystem>

namespace murphy::end_to_end {

// Moves a copy of the journal to an empty folder, and expects that `murphy explain` says there of each case that did
// not pass what its run said: the same suspects by the same evidence, and nothing of any other case. Gives back how
// many cases that were.
int expect_explained_as_by_its_run(const std::filesystem::path& journal);

} // namespace murphy::end_to_end
