#include "source/revision.h"

#include "base/text.h"
#include "source/code.h"
#include "source/git.h"
#include "source/program.h"

#include <algorithm>

namespace murphy::source {

namespace {

constexpr std::size_t longest_answer = 64U << 10;

bool is_commit(std::string_view text) {
  return (text.size() == 40 || text.size() == 64) && std::ranges::all_of(text, is_hex_digit);
}

} // namespace

record::RunOrigin revision_of(const std::filesystem::path& folder, std::chrono::milliseconds longest) {
  record::RunOrigin origin;
  if (!is_checkout(folder)) return origin;
  const Deadline deadline = std::chrono::steady_clock::now() + longest;
  const auto ask = [&](std::initializer_list<std::string_view> words) {
    return printed_by(git(folder, words), deadline, longest_answer);
  };
  const std::string commit(trim(ask({"rev-parse", "--verify", "--quiet", "HEAD"}).text));
  if (!is_commit(commit)) return origin;
  origin.commit = commit;
  origin.branch = trim(ask({"symbolic-ref", "--quiet", "--short", "HEAD"}).text); // none: a commit is checked out
  const Printed status = ask({"status", "--porcelain", "-z", "--untracked-files=normal"});
  origin.is_dirty = !status.is_whole || !status.text.empty();
  return origin;
}

std::string folder_in_checkout(const std::filesystem::path& folder, std::chrono::milliseconds longest) {
  if (!is_checkout(folder)) return {};
  const Deadline deadline = std::chrono::steady_clock::now() + longest;
  const Printed prefix = printed_by(git(folder, {"rev-parse", "--show-prefix"}), deadline, longest_answer);
  return prefix.is_whole ? std::string(trim(prefix.text)) : std::string();
}

} // namespace murphy::source
