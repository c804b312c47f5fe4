// What a watch must not lose: what it knows, its incidents, and the alerts that still have to be sent. An SQLite file,
// or tables of a PostgreSQL database.
#pragma once

#include "base/error.h"
#include "target/database_address.h"
#include "watch/alert.h"
#include "watch/incident.h"
#include "watch/uptime.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace murphy::watch {

// A notice, and what people are told of it.
struct ToldNotice {
  Notice notice;
  Alert alert;
};

// An alert on its way to a channel.
struct OutgoingAlert {
  std::string channel; // its name
  Alert alert;
};

struct QueuedAlert {
  std::int64_t id = 0; // grows; the same alert has the same id in every attempt
  OutgoingAlert to_send;
  Instant created{};
  Instant due{};    // not before
  int attempts = 0; // that failed
};

// An incident, as it is listed.
struct ListedIncident {
  std::string id;
  std::string title; // what was told of it last, reminders aside
  Severity severity = Severity::critical;
  Instant opened{};
  std::optional<Instant> resolved;
  std::string acknowledged; // who and why; empty: nobody has
};

// The file, or the address without its password.
std::string name_of_store(const target::DatabaseAddress& address);

// Errors of all: target, when the store cannot be read or written, with what the engine says; usage, where a newer
// Murphy wrote it. Every write is one transaction: a process that is killed leaves all or nothing of it behind. For one
// thread at a time; several may each open the same one. After an error, it connects to a server again.
class WatchStore {
public:
  enum class Access { read, write };
  // Makes the file and its folder, or the tables; with `read`, refuses what is not there. Brings what an earlier Murphy
  // wrote up to date.
  static Result<WatchStore> open(const target::DatabaseAddress& address, Access access);
  ~WatchStore();
  WatchStore(WatchStore&& other) noexcept;
  WatchStore& operator=(WatchStore&&) = delete;

  // Of a new store, a state that knows nothing.
  Result<WatchState> load();
  // The state after a round, what is told of which incident, the alerts that go out because of it, and the time that
  // has passed since the round before. Forgets incidents and alerts that were over 90 days before, and uptime as
  // forget_old() does.
  Result<void> commit(const WatchState& state, const std::vector<ToldNotice>& told,
                      const std::vector<OutgoingAlert>& alerts, Instant now, const Uptime& passed = {});
  // Of the last `kept_days`.
  Result<Uptime> uptime();

  Result<Acknowledged> acknowledged();
  // Errors: usage, when no open incident has this id.
  Result<void> acknowledge(const std::string& incident, const std::string& reason, Instant now);
  // Until when nobody is to be told of what fails; the epoch: nobody has said so.
  Result<void> set_maintenance(Instant until);
  Result<Instant> maintenance();
  // Those that are open, then the others, the newest first.
  Result<std::vector<ListedIncident>> incidents(int most);

  // All that have to be sent, the oldest first.
  Result<std::vector<QueuedAlert>> queue();
  // How many went to the channel since then. What a clock that ran ahead has dated after `now` does not count.
  Result<int> sent_since(const std::string& channel, Instant since, Instant now);
  // Also of others that were told with it, which do not count as sent.
  Result<void> mark_sent(std::int64_t id, const std::vector<std::int64_t>& with_it, Instant now);
  // It is tried again from `due` on.
  Result<void> postpone(std::int64_t id, Instant due);
  // They are not tried again.
  Result<void> give_up(const std::vector<std::int64_t>& ids, const std::string& why, Instant now);

private:
  struct Session;
  explicit WatchStore(std::unique_ptr<Session> session);
  std::unique_ptr<Session> session_;
};

} // namespace murphy::watch
