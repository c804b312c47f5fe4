// Which code is checked out.
#pragma once

#include "record/origin.h"

#include <chrono>
#include <filesystem>
#include <string>

namespace murphy::source {

// Commit, branch, and whether files differ from it. All empty where there is no checkout, no commit or no git; what git
// does not say within `longest` is empty, too. Files that differ count wherever
// they are in the checkout, untracked ones as well; so does a status that git could not read whole.
record::RunOrigin revision_of(const std::filesystem::path& folder,
                              std::chrono::milliseconds longest = std::chrono::seconds(2));

// Where `folder` stands in its checkout: "" at the top and without one, else "web/".
std::string folder_in_checkout(const std::filesystem::path& folder,
                               std::chrono::milliseconds longest = std::chrono::seconds(2));

} // namespace murphy::source
