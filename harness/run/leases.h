// Accounts are leased: two cases that need the same account never run at the same time.
#pragma once

#include "scenario/model.h"

#include <condition_variable>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace murphy::run {

// The accounts of a project. Safe to use from several threads.
class Leases {
public:
  explicit Leases(const scenario::Project& project) : project_(project) {}

  // What one case holds: for each user it named, the member of the pool it got (0: no pool).
  class Lease {
  public:
    Lease(Leases& leases, std::map<std::string, int> members) : leases_(&leases), members_(std::move(members)) {}
    ~Lease();
    Lease(Lease&& other) noexcept
        : leases_(std::exchange(other.leases_, nullptr)), members_(std::move(other.members_)) {}
    Lease& operator=(Lease&&) = delete;
    const std::map<std::string, int>& members() const { return members_; }

  private:
    Leases* leases_;
    std::map<std::string, int> members_;
  };

  // Waits until all of them are free and takes them together, so that no two cases wait for each other. None when the
  // stop was requested first.
  std::optional<Lease> acquire(const std::vector<std::string>& users, const std::stop_token& stop);

private:
  std::optional<std::map<std::string, int>> try_take(const std::vector<std::string>& users) const;

  const scenario::Project& project_;
  std::mutex mutex_;
  std::condition_variable_any released_;
  std::set<std::pair<std::string, int>> taken_; // user and member
};

} // namespace murphy::run
