// Whether the server behind sign-in can do its work: what it says of itself to an account that may only look.
#pragma once

#include "record/schema.h"
#include "target/database_address.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace murphy::target {

struct HealthCheck {
  // `blind`: it could not be seen, which is no good news.
  enum class State { ok, bad, blind };
  std::string name; // "connections", "write", "locks", "migrations"
  State state = State::ok;
  std::string words;                       // what is bad, or why it could not be seen; half a sentence
  std::optional<std::size_t> pending = {}; // migrations that have not run, where they were counted
  bool operator==(const HealthCheck&) const = default;
};

// One connection, which leaves after some short statements. Being refused for want of connections is a finding; that
// the server cannot be reached says nothing of it. `schema`: the tables that were seen, for those of migration tools.
// `migrations`: the folder with those of the app; empty: they are not compared.
std::vector<HealthCheck> check_database(const DatabaseAddress& address, const record::Schema* schema,
                                        const std::string& migrations = {});

} // namespace murphy::target
