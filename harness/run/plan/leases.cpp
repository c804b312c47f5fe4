#include "run/plan/leases.h"

namespace murphy::run {

Leases::Lease::~Lease() {
  if (leases_ == nullptr) return;
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
  return !alone_.contains(account) && (user.shared || !holders_.contains(account));
}

// A free member for each of the users, or nothing when one of them has none.
std::optional<std::map<std::string, int>> Leases::try_take(const std::vector<std::string>& users) const {
  std::map<std::string, int> members;
  for (const std::string& name : users) {
    const scenario::User& user = project_.users.at(name); // the reader refuses unknown users
    // Without a pool there is one account, which goes by number 0.
    const int last = user.pool;
    int member = user.pool == 0 ? 0 : 1;
    while (member <= last && !is_free({name, member}, user)) ++member;
    if (member > last) return std::nullopt;
    members[name] = member;
  }
  return members;
}

std::optional<Leases::Lease> Leases::acquire(const std::vector<std::string>& users, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  std::optional<std::map<std::string, int>> members;
  if (!released_.wait(lock, stop, [&] { return (members = try_take(users)).has_value(); })) return std::nullopt;
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
    if (others == 0 && alone_.insert({user, member}).second) return Lease(*this, {{user, member}}, Lease::Held::alone);
  }
  return std::nullopt;
}

} // namespace murphy::run
