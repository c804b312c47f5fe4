#include "run/plan/leases.h"

#include <chrono>
#include <fmt/format.h>

namespace murphy::run {
namespace {

// Other processes do not say when they give an account back.
constexpr std::chrono::milliseconds between_looks(250);

std::string name_of(const std::string& user, int member) {
  return member == 0 ? user : fmt::format("{}#{}", user, member);
}

} // namespace

Leases::Lease::~Lease() {
  if (leases_ == nullptr) return;
  if (!taken_.empty()) leases_->others_->give_back(taken_);
  {
    const std::lock_guard lock(leases_->mutex_);
    for (const auto& each : members_) {
      if (held_ == Held::alone) {
        leases_->alone_.erase(each);
      } else if (const auto held = leases_->holders_.find(each); --held->second == 0) {
        leases_->holders_.erase(held);
      }
    }
  }
  leases_->released_.notify_all();
}

bool Leases::is_free(const Account& account, const scenario::User& user) const {
  return !alone_.contains(account) &&
         (user.shared || (!holders_.contains(account) && !of_others_.contains(name_of(account.first, account.second))));
}

// A free member for each of the users, or nothing when one of them has none.
std::optional<Members> Leases::try_take(const std::vector<std::string>& users, const Members& preferred) const {
  Members members;
  for (const std::string& name : users) {
    const scenario::User& user = project_.users.at(name); // the reader refuses unknown users
    // Without a pool there is one account, which goes by number 0.
    const int last = user.pool;
    int member = user.pool == 0 ? 0 : 1;
    if (const auto wanted = preferred.find(name); wanted != preferred.end() && wanted->second >= member &&
                                                  wanted->second <= last && is_free({name, wanted->second}, user))
      member = wanted->second;
    while (member <= last && !is_free({name, member}, user)) ++member;
    if (member > last) return std::nullopt;
    members[name] = member;
  }
  return members;
}

bool Leases::take_from_others(Lease& lease) {
  if (others_ == nullptr) return true;
  std::vector<std::string> accounts;
  for (const auto& [user, member] : lease.members_)
    if (!project_.users.at(user).shared) accounts.push_back(name_of(user, member));
  if (accounts.empty()) return true;
  if (!others_->try_take(accounts)) return false;
  lease.taken_ = std::move(accounts);
  return true;
}

std::optional<Leases::Lease> Leases::acquire(const std::vector<std::string>& users, const std::stop_token& stop,
                                             const Members& preferred) {
  for (;;) {
    if (others_ != nullptr) {
      std::set<std::string> held = others_->held_by_others();
      const std::lock_guard lock(mutex_);
      of_others_ = std::move(held);
    }
    auto lease = acquire_here(users, stop, preferred);
    if (lease && take_from_others(*lease)) return lease;
    if (stop.stop_requested() || others_ == nullptr) return std::nullopt;
  }
}

std::optional<Leases::Lease> Leases::acquire_here(const std::vector<std::string>& users, const std::stop_token& stop,
                                                  const Members& preferred) {
  std::unique_lock lock(mutex_);
  std::optional<Members> members;
  const auto are_free = [&] { return (members = try_take(users, preferred)).has_value(); };
  const bool has_them = others_ == nullptr ? released_.wait(lock, stop, are_free)
                                           : released_.wait_for(lock, stop, between_looks, are_free);
  if (!has_them) return std::nullopt;
  for (const auto& [user, member] : *members) ++holders_[{user, member}];
  return Lease(*this, std::move(*members), Lease::Held::with_others);
}

std::optional<Leases::Lease> Leases::try_alone(const std::string& user, const std::map<std::string, int>& held) {
  const std::lock_guard lock(mutex_);
  const auto own = held.find(user);
  const int pool = project_.users.at(user).pool;
  const int first = own != held.end() ? own->second : pool == 0 ? 0 : 1;
  const int last = own != held.end() ? own->second : pool;
  for (int member = first; member <= last; ++member) {
    const auto holders = holders_.find({user, member});
    const int others = (holders == holders_.end() ? 0 : holders->second) - (own != held.end() ? 1 : 0);
    if (others != 0 || alone_.contains({user, member})) continue;
    const std::vector<std::string> account{name_of(user, member)};
    const bool is_to_be_taken = own == held.end() && others_ != nullptr && !project_.users.at(user).shared;
    if (is_to_be_taken && !others_->try_take(account)) continue;
    alone_.insert({user, member});
    Lease lease(*this, {{user, member}}, Lease::Held::alone);
    if (is_to_be_taken) lease.taken_ = account;
    return lease;
  }
  return std::nullopt;
}

} // namespace murphy::run
