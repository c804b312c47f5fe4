// Accounts that runs of other processes and machines work with as well.
#pragma once

#include <set>
#include <string>
#include <vector>

namespace murphy::run {

// Safe to use from several threads. Accounts go by name: "ada", of a pool "ada#2".
class SharedLeases {
public:
  virtual ~SharedLeases() = default;
  // The accounts that others hold now.
  virtual std::set<std::string> held_by_others() = 0;
  // Takes all of them, or none where others hold one.
  virtual bool try_take(const std::vector<std::string>& accounts) = 0;
  virtual void give_back(const std::vector<std::string>& accounts) = 0;
};

} // namespace murphy::run
