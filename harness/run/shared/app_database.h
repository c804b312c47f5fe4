// The app's database, as far as a run looks at it.
#pragma once

#include "base/error.h"
#include "record/schema.h"

#include <functional>
#include <mutex>
#include <optional>

namespace murphy::run {

// Safe to use from several threads.
class AppDatabase {
public:
  using Look = std::function<std::optional<Result<record::Schema>>()>;
  // `look` gives the tables of the database: none when the app's is not known, an error when it cannot be looked at.
  explicit AppDatabase(Look look) : look_(std::move(look)) {}

  // Looks when it is asked for the first time, and never again: a run changes no tables.
  const std::optional<Result<record::Schema>>& schema() {
    std::call_once(looked_, [this] { schema_ = look_(); });
    return schema_;
  }

private:
  const Look look_;
  std::once_flag looked_;
  std::optional<Result<record::Schema>> schema_;
};

} // namespace murphy::run
