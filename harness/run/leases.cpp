#include "run/leases.h"
namespace murphy::run {

Leases::Lease::~Lease() {
  if (leases_ == nullptr) return;
  {
    const std::lock_guard lock(leases_->mutex_);
    for (const auto& each : members_) leases_->taken_.erase(each);
  }
  leases_->released_.notify_all();
}

// A free member for each of the users, or nothing when one of them has none.
std::optional<std::map<std::string, int>> Leases::try_take(const std::vector<std::string>& users) const {
  std::map<std::string, int> members;
  for (const std::string& name : users) {
    const scenario::User& user = project_.users.at(name); // the reader refuses unknown users
    // Without a pool there is one account, which goes by number 0.
    const int last = user.pool;
    int member = user.pool == 0 ? 0 : 1;
    while (member <= last && !user.shared && taken_.contains({name, member})) ++member;
    if (member > last) return std::nullopt;
    members[name] = member;
  }
  return members;
}

std::optional<Leases::Lease> Leases::acquire(const std::vector<std::string>& users, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  std::optional<std::map<std::string, int>> members;
  if (!released_.wait(lock, stop, [&] { return (members = try_take(users)).has_value(); })) return std::nullopt;
  for (const auto& [name, member] : *members) {
    if (!project_.users.at(name).shared) taken_.insert({name, member});
  }
  return Lease(*this, std::move(*members));
}

} // namespace murphy::run
