// Whether the files of a watch have changed, by their content: some systems replace them by links to others.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace murphy::cli {

class WatchedFiles {
public:
  // Lists the files as they are now, which need not exist. It is asked at every look.
  explicit WatchedFiles(std::function<std::vector<std::string>()> list);

  // Files have changed since they were taken, and not between this look and the one before: a deploy that writes
  // several has come to an end.
  bool have_changed();
  // As they are now, they are known. Gives back what has changed, in words: "a.toml changed, b.toml is new".
  std::string take();
  // The list is another since then: what is new in it is known as it is now. What was taken before stays as it was
  // taken: if it has changed since, nobody has read that.
  void take_others();

private:
  using Digests = std::map<std::string, std::string>; // by file; empty: it cannot be read
  Digests look() const;

  std::function<std::vector<std::string>()> list_;
  Digests taken_, last_;
};

} // namespace murphy::cli
