// What a checkout changes of the revision that it is to be merged into.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace murphy::source {

// What a change is compared with.
struct Base {
  std::vector<std::string> names;          // commits or branches; the first that the checkout knows counts
  bool is_first_parent_of_a_merge = false; // CI merged the change into its base: that is the first parent of HEAD
};

struct Changes {
  enum class Known {
    all,
    no_checkout,   // the folder is in none
    no_commit,     // there is none, or git does not read the checkout
    unknown_base,  // none of the names is a commit of this clone
    no_merge_base, // the histories do not meet in this clone
    unreadable,    // git did not list all of them in time
  };
  Known known = Known::all;
  std::vector<std::string> paths; // from the top of the checkout, sorted, each once; empty unless `known` is all
  std::string base;               // the commit that `names` came to; may be empty
  std::string merge_base;         // where the change began; empty where that is not known
  bool is_shallow = false;        // the clone lacks older commits
};

// Files that differ between the merge base and HEAD, the old and the new name of those that moved; and files that
// differ from HEAD or are in no commit yet. Only reads; asks git no longer than `longest`.
Changes changes_since(const std::filesystem::path& folder, const Base& base,
                      std::chrono::milliseconds longest = std::chrono::seconds(20));

// Whether the history of the commit `of` has `commit`; false for commits that the clone does not know.
bool is_in_history(const std::filesystem::path& folder, const std::string& commit, const std::string& of,
                   std::chrono::milliseconds longest = std::chrono::seconds(5));

// "0123456 subject" of each commit that `newer` has and `older` has not, merges as one, the newest first, at most 50.
// None where the clone does not have both.
std::optional<std::vector<std::string>> commits_between(const std::filesystem::path& folder, const std::string& older,
                                                        const std::string& newer,
                                                        std::chrono::milliseconds longest = std::chrono::seconds(5));

// The commit and those before it, of merges the first parent, the newest first, at most 100; of a shallow clone those
// that it has. Empty where the clone does not know it.
std::vector<std::string> commits_up_to(const std::filesystem::path& folder, const std::string& commit,
                                       std::chrono::milliseconds longest = std::chrono::seconds(5));

// The folder at the top of the checkout, links resolved; empty where there is none.
std::filesystem::path top_of_checkout(const std::filesystem::path& folder,
                                      std::chrono::milliseconds longest = std::chrono::seconds(2));

} // namespace murphy::source
