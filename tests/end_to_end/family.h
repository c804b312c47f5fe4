// An app with children, grandchildren and a daemon, watched from outside (servers/family.py).
#pragma once

#include "project.h"

#include <string>
#include <vector>

namespace murphy::end_to_end {

class Family {
public:
  Family();
  ~Family();
  Family(const Family&) = delete;
  Family& operator=(const Family&) = delete;

  // The lines of a target whose app is this family.
  static std::string target(bool stubborn = false);
  // Where the family reports to; to be made before the run, in the project's folder.
  void listen(const Project& project);
  // The next line the family reports; empty when a minute passed without one.
  std::string line();
  // Waits for the ids that the family reports when it is asked for /slow, and holds on to its processes. False when
  // they did not come.
  bool meet();
  // Whether every process of the family has ended; waits up to a minute for it.
  bool wait_until_gone();
  // The same without waiting.
  bool is_gone() const;

private:
  int fifo_ = -1;
  std::string read_;
  std::vector<int> processes_; // as descriptors: ids could be given to others
};

} // namespace murphy::end_to_end
