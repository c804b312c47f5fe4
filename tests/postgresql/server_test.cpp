// fixtures/dashboard/postgresql on its own: it prints an address that works, and the server ends with it, however that
// comes about.
#include "command.h"

#include "database/database.h"
#include "error.h"
#include "tests/places.h"

#include <csignal>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

Invocation postgresql(std::vector<std::string> command = {}) {
  Invocation invocation;
  invocation.binary = in_project("fixtures/dashboard/postgresql");
  invocation.arguments = std::move(command);
  return invocation;
}

// Asks until nothing listens there any more. (A connection that asked for nothing would hold the server up.)
void wait_until_gone(const std::string& address) {
  for (;;) {
    try {
      dashboard::Database database(address, 1);
      dashboard::RequestLog log;
      dashboard::DatabaseSession session(database, log);
    } catch (const dashboard::AppError& error) {
      if (std::string(error.what()).ends_with("Is the server running on that host and accepting TCP/IP connections?"))
        return;
    }
  }
}

class PostgresqlScript : public testing::TestWithParam<int> {};

TEST_P(PostgresqlScript, ItsServerEndsWithIt) {
  Running server(postgresql());
  const std::string address = server.first_line().value_or("");
  ASSERT_THAT(address, testing::MatchesRegex("postgresql://allotment:[0-9a-f]+@127.0.0.1:[0-9]+/allotment"));
  {
    dashboard::Database database(address, 1);
    dashboard::RequestLog log;
    dashboard::DatabaseSession session(database, log);
    EXPECT_EQ(session.run("t", "SHOW fsync", {}).at(0).text("fsync"), "off");
  }
  server.send(GetParam());
  EXPECT_EQ(server.wait().code, 128 + GetParam());
  wait_until_gone(address);
}

INSTANTIATE_TEST_SUITE_P(Stopped, PostgresqlScript, testing::Values(SIGINT, SIGKILL));

TEST(PostgresqlScriptWithCommand, EndsAsItsCommandDoes) {
  const Finished finished = run(postgresql({"sh", "-c", "echo \"$DASHBOARD_DATABASE\"; exit 7"}));
  EXPECT_EQ(finished.code, 7);
  EXPECT_THAT(finished.out, testing::StartsWith("postgresql://allotment:"));
  EXPECT_EQ(finished.err, "");
}

} // namespace
} // namespace murphy::end_to_end
