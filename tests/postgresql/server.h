// The server that fixtures/dashboard/postgresql started for these tests.
#pragma once

#include <string>

namespace dashboard::testing {

// Makes an empty database and gives its address. Throws std::runtime_error when there is no server.
std::string fresh_database();
std::string server_password();
// Without the name of a database: postgresql://user:password@host:port
std::string server_address();

} // namespace dashboard::testing
