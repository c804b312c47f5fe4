// The history of each engine. PostgreSQL is that of fixtures/dashboard/postgresql, which runs these tests.
#include "history/store.h"

#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <soci/soci.h>
#include <thread>

namespace murphy::history {
namespace {

namespace fs = std::filesystem;
using target::DatabaseAddress;
using testing::ElementsAre;
using testing::HasSubstr;

constexpr std::int64_t hour = 3'600'000'000;
constexpr std::int64_t first_moment = 1'790'000'000'000'000;

RunSummary run_at(int hours, const std::string& outcome = "passed", const std::string& branch = "main") {
  RunSummary run;
  run.id = fmt::format("{}-{}", branch, hours);
  run.target = "local";
  run.branch = branch;
  run.commit = fmt::format("c{}", hours);
  run.murphy_version = "0.1.0";
  run.outcome = outcome;
  run.started = first_moment + hours * hour;
  run.duration = 1500;
  CaseOutcome one{.id = "a.toml#It's “a”",
                  .feature = "A",
                  .name = "It's “a”",
                  .outcome = outcome,
                  .cause = {},
                  .place = "a.toml:3"};
  if (outcome == "failed") {
    one.cause = "c0ffee";
    run.causes = {{.id = "c0ffee", .words = "the model — column 'x' is not there"}};
  }
  run.cases = {one};
  return run;
}

class HistoryOf : public testing::TestWithParam<DatabaseAddress::Engine> {
protected:
  HistoryOf() {
    std::string pattern = (fs::temp_directory_path() / "murphy-history-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    std::string text = "sqlite:history.db";
    if (GetParam() == DatabaseAddress::Engine::postgresql) {
      const char* server = std::getenv("DASHBOARD_DATABASE");
      EXPECT_NE(server, nullptr) << "run these tests below fixtures/dashboard/postgresql, as ctest does";
      text = server == nullptr ? "" : server + std::string("?connect_timeout=5"); // SOCI takes no address without a ?
      soci::session sql("postgresql", text);
      for (const char* table : {"result", "run", "cause", "murphy_history"})
        sql << fmt::format("DROP TABLE IF EXISTS {}", table);
    }
    auto address = target::read_database_address(Value(text), folder_.string());
    EXPECT_TRUE(address);
    if (address) address_ = std::move(*address);
  }
  ~HistoryOf() override { fs::remove_all(folder_); }

  Store open() const {
    auto store = Store::open(address_, Store::Access::write);
    EXPECT_TRUE(store) << store.error().what;
    return std::move(*store);
  }
  std::vector<std::string> ids() const {
    std::vector<std::string> all;
    auto store = open();
    const auto runs = store.runs(100);
    EXPECT_TRUE(runs);
    for (const PastRun& each : *runs) all.push_back(each.run.id);
    return all;
  }

  fs::path folder_;
  DatabaseAddress address_;
};

TEST_P(HistoryOf, ARunHasItOnce) {
  Store store = open();
  EXPECT_EQ(store.add(run_at(1, "failed"), 180), Store::Added::now);
  EXPECT_EQ(store.add(run_at(1, "failed"), 180), Store::Added::before);
  EXPECT_EQ(store.add(run_at(2), 180), Store::Added::now);
  const auto runs = open().runs(10);
  ASSERT_TRUE(runs);
  ASSERT_EQ(runs->size(), 2U);
  const PastRun& older = runs->back();
  EXPECT_EQ(older.run.commit, "c1");
  EXPECT_EQ(older.run.outcome, "failed");
  EXPECT_EQ(older.run.started, first_moment + hour);
  EXPECT_EQ(older.run.duration, 1500);
  EXPECT_EQ(older.cases, 1);
  EXPECT_EQ(older.passed, 0);
  EXPECT_EQ(older.failed, 1);
  EXPECT_EQ(open().runs(1)->size(), 1U);
}

TEST_P(HistoryOf, ACaseIsFoundByItsWords) {
  Store store = open();
  EXPECT_TRUE(store.add(run_at(1, "failed"), 180));
  EXPECT_TRUE(store.add(run_at(2), 180));
  const auto found = store.cases("IT'S");
  ASSERT_TRUE(found);
  ASSERT_EQ(found->size(), 2U);
  EXPECT_EQ(found->front().commit, "c2") << "the newest first";
  EXPECT_EQ(found->back().is.cause, "c0ffee");
  EXPECT_EQ(found->back().is.name, "It's “a”");
  EXPECT_TRUE(store.cases("nothing like it")->empty());
}

TEST_P(HistoryOf, ACauseHasItsAge) {
  Store store = open();
  for (const int hours : {3, 1, 2}) EXPECT_TRUE(store.add(run_at(hours, "failed"), 180));
  EXPECT_TRUE(store.add(run_at(4), 180));
  const auto causes = store.causes();
  ASSERT_TRUE(causes);
  ASSERT_EQ(causes->size(), 1U);
  EXPECT_EQ(causes->front().cause.words, "the model — column 'x' is not there");
  EXPECT_EQ(causes->front().first, first_moment + hour);
  EXPECT_EQ(causes->front().last, first_moment + 3 * hour);
  EXPECT_EQ(causes->front().runs, 3);
  EXPECT_EQ(causes->front().cases, 1);
}

TEST_P(HistoryOf, WhatIsOldGoesButTheLastGreenRun) {
  Store store = open();
  for (const auto& [hours, outcome] :
       std::vector<std::pair<int, std::string>>{{1, "passed"}, {2, "passed"}, {3, "failed"}})
    EXPECT_TRUE(store.add(run_at(hours, outcome), 0));
  EXPECT_TRUE(store.add(run_at(4, "failed", "change"), 0));
  EXPECT_TRUE(store.add(run_at(24 * 40, "failed"), 30));
  EXPECT_THAT(ids(), ElementsAre("main-960", "main-2"));
}

TEST_P(HistoryOf, ManyWritersWaitForEachOther) {
  (void)open();
  std::atomic<int> added = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 8; ++writer)
    writers.emplace_back([&, writer] {
      auto store = Store::open(address_, Store::Access::write);
      for (int i = 0; store && i < 5; ++i)
        if (store->add(run_at(writer * 5 + i), 180) == Store::Added::now) ++added;
    });
  for (std::thread& each : writers) each.join();
  EXPECT_EQ(added, 40);
  EXPECT_EQ(ids().size(), 40U);
}

TEST_P(HistoryOf, IsEmptyBeforeTheFirstRun) {
  const auto refused = Store::open(address_, Store::Access::read);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("has no run yet"));
  EXPECT_TRUE(open().runs(10)->empty());
}

TEST_P(HistoryOf, ANewerMurphyIsNotTouched) {
  (void)open();
  {
    soci::session sql;
    if (GetParam() == DatabaseAddress::Engine::sqlite)
      sql.open("sqlite3", fmt::format("dbname=\"{}\"", address_.file));
    else
      sql.open("postgresql", std::getenv("DASHBOARD_DATABASE") + std::string("?connect_timeout=5"));
    sql << "UPDATE murphy_history SET version = 9";
  }
  const auto refused = Store::open(address_, Store::Access::write);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("has version 9, and this Murphy knows 1"));
}

TEST_P(HistoryOf, TextsThatAreTooLongAreCut) {
  RunSummary run = run_at(1);
  run.branch = std::string(600, 'b');
  run.cases.front().name = std::string(5000, 'n');
  Store store = open();
  EXPECT_EQ(store.add(run, 180), Store::Added::now);
  EXPECT_EQ(store.runs(1)->front().run.branch.size(), 500U);
}

INSTANTIATE_TEST_SUITE_P(Engines, HistoryOf,
                         testing::Values(DatabaseAddress::Engine::sqlite, DatabaseAddress::Engine::postgresql),
                         [](const auto& engine) {
                           return engine.param == DatabaseAddress::Engine::sqlite ? "SQLite" : "PostgreSQL";
                         });

DatabaseAddress file(const fs::path& path) {
  auto address =
      target::read_database_address(Value("sqlite:" + path.filename().string()), path.parent_path().string());
  EXPECT_TRUE(address);
  return std::move(*address);
}

TEST(HistoryFile, ThatIsNoDatabaseIsRefused) {
  std::string pattern = (fs::temp_directory_path() / "murphy-history-XXXXXX").string();
  const fs::path folder = mkdtemp(pattern.data());
  std::ofstream(folder / "broken.db") << std::string(5000, 'x');
  const auto broken = Store::open(file(folder / "broken.db"), Store::Access::write);
  ASSERT_FALSE(broken);
  EXPECT_EQ(broken.error().kind, ErrorKind::target);
  EXPECT_THAT(broken.error().what, HasSubstr("the history sqlite:broken.db: "));
  EXPECT_THAT(broken.error().what, HasSubstr("file is not a database"));
  const auto missing = Store::open(file(folder / "none" / "history.db"), Store::Access::write);
  ASSERT_FALSE(missing);
  EXPECT_THAT(missing.error().what, HasSubstr("unable to open database file"));
  fs::remove_all(folder);
}

TEST(HistoryServer, ThatIsNotThereIsSaidWithoutItsPassword) {
  auto address = target::read_database_address(Value(std::string("postgresql://ada:s3cret@127.0.0.1:1/x")), ".");
  ASSERT_TRUE(address);
  const auto refused = Store::open(*address, Store::Access::write);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, testing::Not(HasSubstr("s3cret")));
}

TEST(HistoryEngines, AreTwo) {
  auto address = target::read_database_address(Value(std::string("mysql://ada@127.0.0.1/x")), ".");
  ASSERT_TRUE(address);
  const auto refused = Store::open(*address, Store::Access::write);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::usage);
}

} // namespace
} // namespace murphy::history
