// Accounts are leased: two cases that need the same account never run at the same time.
#pragma once

#include "run/plan/shared_leases.h"
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

// Of pools, by user: the number of an account, from 1.
using Members = std::map<std::string, int>;

// The accounts of a project. Safe to use from several threads.
class Leases {
public:
  // `others`, where there are any, has to outlive this.
  explicit Leases(const scenario::Project& project, SharedLeases* others = nullptr)
      : project_(project), others_(others) {}

  // What one case holds: for each user it named, the member of the pool it got (0: no pool).
  class Lease {
  public:
    enum class Held { with_others, alone };
    Lease(Leases& leases, std::map<std::string, int> members, Held held)
        : leases_(&leases), members_(std::move(members)), held_(held) {}
    ~Lease();
    Lease(Lease&& other) noexcept
        : leases_(std::exchange(other.leases_, nullptr)), members_(std::move(other.members_)), held_(other.held_),
          taken_(std::move(other.taken_)) {}
    Lease& operator=(Lease&&) = delete;
    const std::map<std::string, int>& members() const { return members_; }

  private:
    friend class Leases;
    Leases* leases_;
    std::map<std::string, int> members_;
    Held held_;
    std::vector<std::string> taken_{}; // from the other processes
  };

  // Waits until all of them are free and takes them together, so that no two cases wait for each other. None when the
  // stop was requested first. Of a pool it takes the member that is preferred, where there is one and it is free.
  std::optional<Lease> acquire(const std::vector<std::string>& users, const std::stop_token& stop,
                               const Members& preferred = {});

  // An account of the user that nobody works with, also a shared one, and that nobody gets while it is held; of a user
  // that the case at hand holds, its own (`held`, as Lease::members says), when no other case works with it. None when
  // there is no such account now.
  std::optional<Lease> try_alone(const std::string& user, const std::map<std::string, int>& held);

private:
  using Account = std::pair<std::string, int>; // user and member
  bool is_free(const Account& account, const scenario::User& user) const;
  std::optional<Members> try_take(const std::vector<std::string>& users, const Members& preferred) const;
  std::optional<Lease> acquire_here(const std::vector<std::string>& users, const std::stop_token& stop,
                                    const Members& preferred);
  // Whether the lease has its accounts to itself among all processes.
  bool take_from_others(Lease& lease);

  const scenario::Project& project_;
  SharedLeases* others_;
  std::mutex mutex_;
  std::condition_variable_any released_;
  std::map<Account, int> holders_; // how many cases work with it; never 0
  std::set<Account> alone_;
  std::set<std::string> of_others_; // accounts that other processes held when they were last asked
};

} // namespace murphy::run
