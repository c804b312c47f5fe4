// The app's database, as far as a run looks at it.
#pragma once

#include "base/error.h"
#include "record/migrations.h"
#include "record/schema.h"

#include <functional>
#include <mutex>
#include <optional>

namespace murphy::run {

// Safe to use from several threads.
class AppDatabase {
public:
  using Look = std::function<std::optional<Result<record::Schema>>()>;
  using LookAtMigrations = std::function<std::optional<record::MigrationsSeen>(const record::Schema&)>;
  // `look` gives the tables of the database: none when the app's is not known, an error when it cannot be looked at.
  // `migrations` says what the tool of its migrations has noted; may be empty.
  explicit AppDatabase(Look look, LookAtMigrations migrations = {})
      : look_(std::move(look)), migrations_(std::move(migrations)) {}

  // Looks when it is asked for the first time, and never again: a run changes no tables.
  const std::optional<Result<record::Schema>>& schema() {
    std::call_once(looked_, [this] { schema_ = look_(); });
    return schema_;
  }

  // Looks each time. None: there is no database, or no tool has noted anything in it.
  std::optional<record::MigrationsSeen> migrations() {
    const auto& looked = schema();
    return migrations_ && looked && *looked ? migrations_(**looked) : std::nullopt;
  }

private:
  const Look look_;
  const LookAtMigrations migrations_;
  std::once_flag looked_;
  std::optional<Result<record::Schema>> schema_;
};

} // namespace murphy::run
