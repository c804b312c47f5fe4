#include "server.h"

#include "database/database.h"

#include <cstdlib>
#include <stdexcept>

namespace dashboard::testing {

namespace {

std::string server() {
  if (const char* address = std::getenv("DASHBOARD_DATABASE")) return address;
  throw std::runtime_error("no PostgreSQL: run this as fixtures/dashboard/postgresql test_postgresql");
}

} // namespace

std::string fresh_database() {
  static int count = 0;
  const std::string name = "fresh" + std::to_string(++count);
  Database first(server(), 1);
  RequestLog log;
  DatabaseSession(first, log).run("", "CREATE DATABASE " + name, {});
  return server_address() + '/' + name;
}

std::string server_address() { return server().substr(0, server().rfind('/')); }

std::string server_password() {
  const std::string address = server();
  const auto start = address.find(':', address.find("://") + 3) + 1;
  return address.substr(start, address.find('@') - start);
}

} // namespace dashboard::testing
