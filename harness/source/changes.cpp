#include "source/changes.h"

#include "base/text.h"
#include "source/code.h"
#include "source/git.h"
#include "source/program.h"

#include <algorithm>
#include <set>

namespace murphy::source {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_line_of_git = 64U << 10;
constexpr std::size_t longest_list_of_git = 32U << 20; // bytes of paths

class Git {
public:
  Git(const fs::path& folder, std::chrono::milliseconds longest)
      : folder_(folder), deadline_(std::chrono::steady_clock::now() + longest) {}

  Printed ask(std::initializer_list<std::string_view> words, std::size_t most_bytes = longest_line_of_git) const {
    return printed_by(git(folder_, words), deadline_, most_bytes);
  }
  // One line; empty where git has no answer.
  std::string line(std::initializer_list<std::string_view> words) const {
    const Printed printed = ask(words);
    return printed.is_whole ? std::string(trim(printed.text)) : std::string();
  }
  // The commit of a name; empty where the clone has none.
  std::string commit(const std::string& name) const {
    if (name.empty() || name.starts_with('-')) return {};
    const std::string found = line({"rev-parse", "--verify", "--quiet", "--end-of-options", name + "^{commit}"});
    return std::ranges::all_of(found, is_hex_digit) ? found : std::string();
  }

private:
  const fs::path& folder_;
  Deadline deadline_;
};

// The two commits that the change is between.
struct Ends {
  std::string base;  // that the change is compared with
  std::string since; // where the change begins
};

Ends ends_of(const Git& git, const Base& base) {
  if (base.is_first_parent_of_a_merge && !git.commit("HEAD^2").empty()) {
    const std::string first = git.commit("HEAD^1");
    if (!first.empty()) return {.base = first, .since = first};
  }
  for (const std::string& name : base.names) {
    const std::string commit = git.commit(name);
    if (commit.empty()) continue;
    // Two dots would list what the base changed as well: without a merge base there is no answer.
    return {.base = commit, .since = git.line({"merge-base", commit, "HEAD"})};
  }
  return {};
}

// "XY PATH NUL" for each file.
void add_uncommitted(std::string_view status, std::set<std::string>& paths) {
  constexpr std::size_t letters = 3;
  for (const std::string_view entry : split(status, '\0'))
    if (entry.size() > letters) paths.emplace(entry.substr(letters));
}

} // namespace

Changes changes_since(const fs::path& folder, const Base& base, std::chrono::milliseconds longest) {
  Changes changes;
  const auto unknown = [&](Changes::Known why) {
    changes.known = why;
    return changes;
  };
  if (!is_checkout(folder)) return unknown(Changes::Known::no_checkout);
  const Git git(folder, longest);
  if (git.commit("HEAD").empty()) return unknown(Changes::Known::no_commit);
  changes.is_shallow = git.line({"rev-parse", "--is-shallow-repository"}) == "true";
  const Ends ends = ends_of(git, base);
  changes.base = ends.base;
  changes.merge_base = ends.since;
  if (ends.base.empty()) return unknown(Changes::Known::unknown_base);
  if (ends.since.empty()) return unknown(Changes::Known::no_merge_base);
  // A file that moved has two names, and rules may know either.
  const Printed committed = git.ask({"diff", "--no-renames", "--no-ext-diff", "--no-textconv", "--name-only", "-z",
                                     "--ignore-submodules=none", ends.since, "HEAD"},
                                    longest_list_of_git);
  const Printed status =
      git.ask({"status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all", "--ignore-submodules=none"},
              longest_list_of_git);
  if (!committed.is_whole || !status.is_whole) return unknown(Changes::Known::unreadable);
  std::set<std::string> paths;
  for (const std::string_view path : split(committed.text, '\0'))
    if (!path.empty()) paths.emplace(path);
  add_uncommitted(status.text, paths);
  changes.paths.assign(paths.begin(), paths.end());
  return changes;
}

bool is_in_history(const fs::path& folder, const std::string& commit, const std::string& of,
                   std::chrono::milliseconds longest) {
  const Git git(folder, longest);
  const std::string whole = git.commit(commit), newer = git.commit(of);
  if (whole.empty() || newer.empty()) return false;
  return whole == newer || git.line({"merge-base", whole, newer}) == whole;
}

std::optional<std::vector<std::string>> commits_between(const fs::path& folder, const std::string& older,
                                                        const std::string& newer, std::chrono::milliseconds longest) {
  const Git git(folder, longest);
  const std::string from = git.commit(older), to = git.commit(newer);
  if (from.empty() || to.empty()) return std::nullopt;
  const Printed printed =
      git.ask({"log", "--first-parent", "--no-decorate", "-n", "50", "--format=%h %s", from + ".." + to});
  if (!printed.is_whole) return std::nullopt;
  std::vector<std::string> commits;
  for (const std::string_view line : split(printed.text, '\n'))
    if (!line.empty()) commits.emplace_back(line);
  return commits;
}

std::vector<std::string> commits_up_to(const fs::path& folder, const std::string& commit,
                                       std::chrono::milliseconds longest) {
  const Git git(folder, longest);
  const std::string newest = git.commit(commit);
  std::vector<std::string> commits;
  if (newest.empty()) return commits;
  const Printed printed = git.ask({"rev-list", "--first-parent", "--max-count=100", newest});
  if (!printed.is_whole) return commits;
  for (const std::string_view line : split(printed.text, '\n'))
    if (!line.empty()) commits.emplace_back(line);
  return commits;
}

fs::path top_of_checkout(const fs::path& folder, std::chrono::milliseconds longest) {
  if (!is_checkout(folder)) return {};
  const Printed printed = Git(folder, longest).ask({"rev-parse", "--show-toplevel"});
  std::string_view path = printed.text;
  if (path.ends_with('\n')) path.remove_suffix(1);
  std::error_code error;
  const fs::path top = printed.is_whole && !path.empty() ? fs::canonical(path, error) : fs::path();
  return error ? fs::path() : top;
}

} // namespace murphy::source
