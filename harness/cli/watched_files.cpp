#include "cli/watched_files.h"

#include "base/hash.h"
#include "base/text.h"

#include <fstream>
#include <iterator>
#include <utility>

namespace murphy::cli {

WatchedFiles::WatchedFiles(std::function<std::vector<std::string>()> list)
    : list_(std::move(list)), taken_(look()), last_(taken_) {}

WatchedFiles::Digests WatchedFiles::look() const {
  Digests digests;
  for (const std::string& file : list_()) {
    std::ifstream in(file, std::ios::binary);
    digests[file] = in ? hex_digest(Hash::sha256, std::string(std::istreambuf_iterator(in), {})) : std::string();
  }
  return digests;
}

bool WatchedFiles::have_changed() {
  Digests now = look();
  const bool is_still = now == last_;
  last_ = std::move(now);
  return is_still && last_ != taken_;
}

void WatchedFiles::take_others() {
  last_ = look();
  Digests taken = last_;
  for (auto& [file, digest] : taken)
    if (const auto before = taken_.find(file); before != taken_.end()) digest = before->second;
  taken_ = std::move(taken);
}

std::string WatchedFiles::take() {
  last_ = look();
  std::vector<std::string> changes;
  for (const auto& [file, digest] : last_) {
    const auto before = taken_.find(file);
    const bool was_there = before != taken_.end() && !before->second.empty();
    if (!was_there && !digest.empty()) changes.push_back(one_line(file) + " is new");
    if (was_there && digest.empty()) changes.push_back(one_line(file) + " is gone");
    if (was_there && !digest.empty() && digest != before->second) changes.push_back(one_line(file) + " changed");
  }
  for (const auto& [file, digest] : taken_)
    if (!digest.empty() && !last_.contains(file)) changes.push_back(one_line(file) + " is gone");
  taken_ = last_;
  return join(changes, ", ");
}

} // namespace murphy::cli
