#include "target/database_address.h"

#include <gmock/gmock.h>

namespace murphy::target {
namespace {

using testing::HasSubstr;
using testing::Not;

DatabaseAddress address(const std::string& text) {
  const auto read = read_database_address(Value(text), "/srv/app");
  EXPECT_TRUE(read.has_value()) << (read ? "" : render(read.error()));
  return read.value_or(DatabaseAddress{});
}

std::string connection(const std::string& text) { return std::string(address(text).connection->reveal().view()); }

TEST(DatabaseAddress, OfSqliteIsAFileOpenedReadOnly) {
  EXPECT_EQ(connection("sqlite:db/app.sqlite3"), "dbname=\"/srv/app/db/app.sqlite3\" readonly=1 timeout=5");
  EXPECT_EQ(connection("sqlite3:/var/app db.sqlite"), "dbname=\"/var/app db.sqlite\" readonly=1 timeout=5");
  EXPECT_EQ(address("sqlite:db/app.sqlite3").shown, "sqlite:db/app.sqlite3");
}

TEST(DatabaseAddress, OfPostgresqlGoesToLibpqAsItIs) {
  const std::string alive = "&keepalives_idle=10&keepalives_interval=5&keepalives_count=3&tcp_user_timeout=15000";
  EXPECT_EQ(connection("postgresql://app:p%40ss@db.test:5433/shop"),
            "postgresql://app:p%40ss@db.test:5433/shop?connect_timeout=5" + alive);
  EXPECT_EQ(connection("postgres:///shop?host=/run/pg&connect_timeout=1"),
            "postgresql:///shop?host=/run/pg&connect_timeout=1" + alive);
  EXPECT_EQ(connection("postgresql+psycopg2://app@db.test/shop?sslmode=require"),
            "postgresql://app@db.test/shop?sslmode=require&connect_timeout=5" + alive);
}

TEST(DatabaseAddress, OfPostgresqlKeepsItsOwnLimits) {
  EXPECT_EQ(connection("postgresql://db.test/shop?tcp_user_timeout=9&keepalives_idle=1"),
            "postgresql://db.test/shop?tcp_user_timeout=9&keepalives_idle=1&connect_timeout=5&keepalives_interval=5&"
            "keepalives_count=3");
}

TEST(DatabaseAddress, OfMysqlIsTakenApart) {
  EXPECT_EQ(connection("mysql://app:it%27s%20%5Cme@db.test:3307/shop"),
            " db='shop' host='db.test' port='3307' user='app' password='it\\'s \\\\me' connect_timeout='5' "
            "read_timeout='5' write_timeout='5'");
  EXPECT_EQ(connection("mariadb://root@localhost/shop?unix_socket=%2Frun%2Fdb.sock"),
            " db='shop' host='localhost' user='root' unix_socket='/run/db.sock' connect_timeout='5' "
            "read_timeout='5' write_timeout='5'");
}

// Behind a network, it may show a certificate.
TEST(DatabaseAddress, HasAHostOnlyBehindANetwork) {
  const auto host = [](const std::string& text) { return read_database_address(Value(text), ".").value().host; };
  EXPECT_EQ(host("mysql://app@db.test/shop"), "db.test");
  EXPECT_EQ(host("mysql://app@127.0.0.1/shop"), "127.0.0.1");
  EXPECT_EQ(host("mysql://app@localhost/shop"), "") << "MariaDB takes a socket";
  EXPECT_EQ(host("postgresql://app@localhost/shop"), "localhost");
  EXPECT_EQ(host("sqlite:app.db"), "");
}

TEST(DatabaseAddress, OfASocketIsBelowTheProjectLikeAFile) {
  EXPECT_THAT(connection("mysql://root@localhost/shop?unix_socket=run/db.sock"), HasSubstr("='/srv/app/run/db.sock'"));
}

TEST(DatabaseAddress, IsShownWithoutItsPassword) {
  EXPECT_EQ(address("postgresql://app:hunter2@db.test/shop?sslmode=require").shown, "postgresql://app:…@db.test/shop");
  EXPECT_EQ(address("mysql://app@db.test/shop").shown, "mysql://app@db.test/shop");
  EXPECT_EQ(address("postgresql:///shop?password=hunter2").shown, "postgresql:///shop");
  EXPECT_EQ(address("mysql://app:p%40ss@db.test/shop").password->reveal().view(), "p@ss");
  EXPECT_EQ(address("sqlite:a.db").password, nullptr);
}

TEST(DatabaseAddress, ThatCannotBeReadIsRefusedWithoutRepeatingAPassword) {
  for (const char* text : {"postgresql://app:hunt er2@db.test/shop", "mysql://app:hunter2/@db.test/shop?x=@y z",
                           "mysql://app:hunter2@db.test", "oracle://app:hunter2@db.test/shop", "hunter2"}) {
    const auto read = read_database_address(Value(text), "/srv/app");
    ASSERT_FALSE(read.has_value()) << text;
    EXPECT_EQ(read.error().kind, ErrorKind::usage);
    EXPECT_NE(read.error().hint, "");
    EXPECT_THAT(render(read.error()), Not(HasSubstr("hunt")));
  }
}

TEST(DatabaseAddress, OfSqliteWithoutAFileSaysHowToWriteOne) {
  for (const char* text : {"sqlite:", "sqlite:///app.db"}) {
    const auto read = read_database_address(Value(text), "/srv/app");
    ASSERT_FALSE(read.has_value());
    EXPECT_THAT(read.error().hint, HasSubstr("sqlite:"));
  }
}

} // namespace
} // namespace murphy::target
