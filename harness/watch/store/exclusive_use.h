// One watch at a time: two on one store would tell everything twice.
#pragma once

#include "base/error.h"
#include "target/database_address.h"

#include <memory>

namespace murphy::watch {

// Held by this process until it ends, however that comes about: of a file, by a file beside it; of PostgreSQL, by a
// connection of its own.
class ExclusiveUse {
public:
  // Errors: usage, when another process has it, and where a pool stands between this one and PostgreSQL, which would
  // give the lock to anybody; target, when the file or the connection cannot be made.
  static Result<ExclusiveUse> take(const target::DatabaseAddress& store);
  ~ExclusiveUse();
  ExclusiveUse(ExclusiveUse&& other) noexcept;
  ExclusiveUse& operator=(ExclusiveUse&& other) noexcept;

  // Whether it is still held: PostgreSQL gives it to another once the connection is lost. In any thread.
  bool holds() const;

private:
  struct Held;
  explicit ExclusiveUse(std::unique_ptr<Held> held);
  static Result<ExclusiveUse> take_file(const std::string& store);
  std::unique_ptr<Held> held_;
};

// Whether another watch has the store, of an error of ExclusiveUse::take().
bool is_taken(const Error& error);

} // namespace murphy::watch
