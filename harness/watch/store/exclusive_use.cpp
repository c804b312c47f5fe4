#include "watch/store/exclusive_use.h"

#include "base/make_error.h"
#include "target/descriptor.h"
#include "target/engine_words.h"
#include "watch/store/watch_store.h"

#include <cerrno>
#include <cstring>
#include <exception>
#include <fcntl.h>
#include <fmt/format.h>
#include <mutex>
#include <soci/soci.h>
#include <sys/file.h>
#include <utility>

namespace murphy::watch {
namespace {

// PostgreSQL's lock is this number and that of the schema in which the store is.
constexpr const char* taken_words = "another murphy watch uses the store ";
constexpr const char* take_lock = "SELECT CAST(pg_try_advisory_lock(7238198, hashtext(current_schema())) AS int)";
constexpr const char* has_lock =
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = 7238198 AND pid = pg_backend_pid() AND "
    "granted AND database = (SELECT oid FROM pg_database WHERE datname = current_database())";
constexpr const char* own_process = "SELECT pg_backend_pid()"; // of the server, for this connection
// So that the server gives the lock to another soon after this machine is gone without a word.
constexpr const char* watch_over_connection =
    "SELECT set_config('tcp_keepalives_idle', '10', false), set_config('tcp_keepalives_interval', '5', false), "
    "set_config('tcp_keepalives_count', '3', false)";

int process_of(soci::session& sql) {
  int process = 0;
  sql << own_process, soci::into(process);
  return process;
}

// A pool may give two connections the same one of the server, and with it the same locks.
bool is_shared(soci::session& sql, const std::string& address) {
  soci::session other("postgresql", address);
  const int process = process_of(sql);
  return process == process_of(other) || process != process_of(sql);
}

Error refused_pool(const target::DatabaseAddress& store) {
  return usage_error(
      fmt::format("the store of the watch {} cannot be locked: a pool gives each statement another connection",
                  store.shown),
      "let `store` of [watch] name the server itself, or a pool of sessions");
}

Error taken(const std::string& store) {
  return usage_error(taken_words + store, "end it first, or give this one another `store` in [watch]");
}

} // namespace

struct ExclusiveUse::Held {
  target::Descriptor file;
  std::mutex mutex;  // guards `sql`
  soci::session sql; // of PostgreSQL
  bool is_file = true;
};

ExclusiveUse::ExclusiveUse(std::unique_ptr<Held> held) : held_(std::move(held)) {}
ExclusiveUse::~ExclusiveUse() = default;
ExclusiveUse::ExclusiveUse(ExclusiveUse&& other) noexcept = default;
ExclusiveUse& ExclusiveUse::operator=(ExclusiveUse&& other) noexcept = default;

Result<ExclusiveUse> ExclusiveUse::take_file(const std::string& store) {
  const std::string name = store + ".lock";
  auto held = std::make_unique<Held>();
  held->file = target::Descriptor(::open(name.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
  if (!held->file)
    return std::unexpected(target_error(fmt::format("{} cannot be made: {}", name, std::strerror(errno)),
                                        "check that `store` of [watch] is in a folder that this account can write to"));
  if (flock(held->file.number(), LOCK_EX | LOCK_NB) != 0) return std::unexpected(taken(store));
  return ExclusiveUse(std::move(held));
}

Result<ExclusiveUse> ExclusiveUse::take(const target::DatabaseAddress& store) {
  if (!store.file.empty()) return take_file(store.file);
  try {
    auto held = std::make_unique<Held>();
    held->is_file = false;
    const std::string address(store.connection->reveal().view());
    held->sql.open("postgresql", address);
    if (is_shared(held->sql, address)) return std::unexpected(refused_pool(store));
    int got = 0;
    held->sql << take_lock, soci::into(got);
    if (got == 0) return std::unexpected(taken(name_of_store(store)));
    ExclusiveUse use(std::move(held));
    if (!use.holds()) return std::unexpected(refused_pool(store));
    use.held_->sql << watch_over_connection;
    return use;
  } catch (const std::exception& error) {
    return std::unexpected(target_error(
        fmt::format("the store of the watch {}: {}", store.shown, target::words_of_engine(error.what())),
        target::remedy_of_engine(error.what(),
                                 "check that `store` of [watch] names a database that this account can write to")));
  }
}

bool ExclusiveUse::holds() const {
  if (held_->is_file) return true;
  const std::lock_guard lock(held_->mutex);
  try {
    int locks = 0;
    held_->sql << has_lock, soci::into(locks);
    return locks > 0;
  } catch (const std::exception&) {
    return false;
  }
}

bool is_taken(const Error& error) { return error.what.starts_with(taken_words); }

} // namespace murphy::watch
