// The history of each engine. PostgreSQL is that of fixtures/dashboard/postgresql, which runs these tests.
#include "history/store.h"

#include "tests/places.h"

#include <array>
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
      for (const char* table : {"lease", "known_good", "result", "run", "cause", "murphy_history"})
        sql << fmt::format("DROP TABLE IF EXISTS {}", table);
    }
    auto address = target::read_database_address(Value(text), folder_.string());
    EXPECT_TRUE(address);
    if (address) address_ = std::move(*address);
  }
  ~HistoryOf() override { fs::remove_all(folder_); }

  // A connection beside Murphy's own.
  void connect(soci::session& sql) const {
    if (GetParam() == DatabaseAddress::Engine::sqlite)
      sql.open("sqlite3", fmt::format("dbname=\"{}\"", address_.file));
    else
      sql.open("postgresql", std::getenv("DASHBOARD_DATABASE") + std::string("?connect_timeout=5"));
  }
  void make_version_1() const {
    soci::session sql;
    connect(sql);
    std::ifstream file(in_project("tests/history/version-1.sql"));
    for (std::string line; std::getline(file, line);) sql << line;
  }
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
  EXPECT_THAT(ids(), ElementsAre("main-960", "main-3", "main-2")) << "and the first of a cause";
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
    connect(sql);
    sql << "UPDATE murphy_history SET version = 9";
  }
  const auto refused = Store::open(address_, Store::Access::write);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("has version 9, and this Murphy knows 2"));
}

TEST_P(HistoryOf, AnOlderMurphyIsBroughtUpToDateWithItsRuns) {
  make_version_1();
  const auto refused = Store::open(address_, Store::Access::read);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().what, HasSubstr("has version 1, and this Murphy reads 2"));
  EXPECT_EQ(refused.error().hint, "the next murphy run brings it up to date");
  EXPECT_THAT(ids(), ElementsAre("old-2", "old-1"));
  Store store = open();
  EXPECT_EQ(store.add(run_at(30, "failed"), 1), Store::Added::now);
  EXPECT_THAT(ids(), ElementsAre("main-30", "old-1")) << "the first run of the cause stays";
  EXPECT_EQ(store.causes()->front().first, first_moment);
}

TEST_P(HistoryOf, ManyThatBringItUpToDateAtOnceDoItOnce) {
  make_version_1();
  std::atomic<int> opened = 0;
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 8; ++writer)
    writers.emplace_back([&] {
      if (Store::open(address_, Store::Access::write)) ++opened;
    });
  for (std::thread& each : writers) each.join();
  EXPECT_EQ(opened, 8);
  EXPECT_THAT(ids(), ElementsAre("old-2", "old-1"));
}

TEST_P(HistoryOf, ACauseKeepsItsAgeWhenOldRunsGo) {
  Store store = open();
  EXPECT_TRUE(store.add(run_at(2, "failed"), 0));
  EXPECT_TRUE(store.add(run_at(1, "failed", "change"), 0)) << "an older journal that is added later";
  EXPECT_TRUE(store.add(run_at(24 * 40, "failed"), 30));
  EXPECT_TRUE(store.add(run_at(24 * 80, "failed"), 30));
  EXPECT_THAT(ids(), ElementsAre("main-1920", "change-1"));
  const auto causes = store.causes();
  ASSERT_TRUE(causes);
  EXPECT_EQ(causes->front().first, first_moment + hour);
  const auto first = store.first_runs({"c0ffee", "unknown"});
  ASSERT_TRUE(first) << first.error().what;
  ASSERT_EQ(first->size(), 1U);
  EXPECT_EQ(first->at("c0ffee").branch, "change");
  EXPECT_EQ(first->at("c0ffee").started, first_moment + hour);
}

TEST_P(HistoryOf, RunsOfCommitsComeInTheirOrder) {
  Store store = open();
  for (const int hours : {1, 2, 3}) EXPECT_TRUE(store.add(run_at(hours, hours == 2 ? "failed" : "passed"), 180));
  RunSummary again = run_at(9);
  again.commit = "c1";
  EXPECT_TRUE(store.add(again, 180));
  RunSummary dirty = run_at(10);
  dirty.commit = "c3";
  dirty.is_dirty = true;
  EXPECT_TRUE(store.add(dirty, 180));
  RunSummary other = run_at(11);
  other.commit = "c3";
  other.target = "staging";
  EXPECT_TRUE(store.add(other, 180));
  const auto runs = store.runs_at("local", {"c3", "c2", "c1", "gone"}, 10);
  ASSERT_TRUE(runs) << runs.error().what;
  std::vector<std::string> found;
  for (const RunSummary& each : *runs) found.push_back(each.id);
  EXPECT_THAT(found, ElementsAre("main-3", "main-2", "main-9", "main-1"));
  ASSERT_EQ((*runs)[1].cases.size(), 1U);
  EXPECT_EQ((*runs)[1].cases[0].cause, "c0ffee");
  EXPECT_EQ((*runs)[1].cases[0].outcome, "failed");
  EXPECT_EQ(store.runs_at("local", {"c3", "c2"}, 1)->size(), 1U);
}

TEST_P(HistoryOf, TheLastGreenRunSaysWhatTheAppWasLike) {
  Store store = open();
  EXPECT_FALSE(*store.last_green("local", "main"));
  for (const int hours : {1, 2, 3}) EXPECT_TRUE(store.add(run_at(hours), 180, fmt::format("lock {} “ü”", hours)));
  EXPECT_TRUE(store.add(run_at(4, "failed"), 180));
  EXPECT_TRUE(store.add(run_at(5, "passed", "change"), 180));
  const auto green = store.last_green("local", "main");
  ASSERT_TRUE(green) << green.error().what;
  ASSERT_TRUE(*green);
  EXPECT_EQ((*green)->run.commit, "c3");
  EXPECT_THAT((*green)->known_good, ElementsAre("lock 3 “ü”", "lock 2 “ü”")) << "older ones are of no use";
  EXPECT_TRUE((*store.last_green("local", "change"))->known_good.empty());
  EXPECT_FALSE(*store.last_green("staging", "main"));
  EXPECT_EQ((*store.last_green("local"))->run.branch, "change") << "the newest of all branches";
  EXPECT_FALSE(*store.last_green("staging"));
}

TEST_P(HistoryOf, AScenarioThatWasRenamedKeepsItsRecord) {
  Store store = open();
  EXPECT_TRUE(store.add(run_at(1, "failed"), 180));
  RunSummary later = run_at(2);
  later.cases.front().id = "a.toml#b";
  later.cases.front().name = "b";
  EXPECT_TRUE(store.add(later, 180));
  const auto names = store.case_names();
  ASSERT_TRUE(names) << names.error().what;
  EXPECT_EQ(names->size(), 2U);
  const auto renamed = renamings(*names, "It's “a”", "b");
  ASSERT_TRUE(renamed);
  EXPECT_EQ(store.rename(*renamed), 1);
  const auto cases = store.cases("b");
  ASSERT_TRUE(cases);
  EXPECT_EQ(cases->size(), 2U);
  EXPECT_TRUE(store.cases("It's")->empty());
}

TEST_P(HistoryOf, TwoScenariosNeverBecomeOne) {
  Store store = open();
  RunSummary run = run_at(1);
  run.cases.push_back(run.cases.front());
  run.cases.back().id = "a.toml#b";
  run.cases.back().name = "b";
  EXPECT_TRUE(store.add(run, 180));
  const auto refused = store.rename(*renamings(*store.case_names(), "b", "It's “a”"));
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::usage);
  EXPECT_EQ(refused.error().what, "in 1 of the runs, both \"a.toml#b\" and \"a.toml#It's “a”\" ran");
  EXPECT_EQ(store.cases("")->size(), 2U);
}

TEST_P(HistoryOf, AnAccountHasOneHolderAtATime) {
  Store one = open(), other = open();
  EXPECT_EQ(one.take("local", {"ada", "grace"}, "one"), true);
  EXPECT_EQ(one.take("local", {"ada"}, "one"), true) << "its own";
  EXPECT_EQ(other.take("local", {"heidi", "grace"}, "other"), false);
  EXPECT_EQ(other.take("staging", {"grace"}, "other"), true) << "of another target";
  EXPECT_THAT(*other.held_by_others("local", "other"), ElementsAre("ada", "grace")) << "heidi is not held in part";
  EXPECT_TRUE(one.held_by_others("local", "one")->empty());
  EXPECT_TRUE(other.give_back("local", {"ada"}, "other"));
  EXPECT_THAT(*other.held_by_others("local", "other"), ElementsAre("ada", "grace")) << "it is not the other's to give";
  EXPECT_TRUE(one.give_back("local", {"ada"}, "one"));
  EXPECT_EQ(other.take("local", {"ada"}, "other"), true);
}

TEST_P(HistoryOf, AnAccountIsFreeWhenItsHolderDoesNotRenewIt) {
  Store store = open();
  EXPECT_EQ(store.take("local", {"ada", "grace"}, "one"), true);
  soci::session sql;
  connect(sql);
  sql << "UPDATE lease SET expires = expires - 61";
  EXPECT_TRUE(store.held_by_others("local", "other")->empty());
  EXPECT_EQ(store.take("local", {"ada"}, "other"), true);
  EXPECT_TRUE(store.renew("local", "one"));
  EXPECT_EQ(store.take("local", {"grace"}, "other"), false) << "it was renewed in time";
  EXPECT_EQ(store.take("local", {"ada"}, "one"), false);
}

TEST_P(HistoryOf, AccountsThatManyWantAreNeverHeldTwice) {
  (void)open();
  std::array<std::atomic<int>, 3> held{};
  std::atomic<int> twice = 0, taken = 0;
  std::vector<std::thread> holders;
  for (int holder = 0; holder < 8; ++holder)
    holders.emplace_back([&, holder] {
      auto store = Store::open(address_, Store::Access::write);
      const std::string name = fmt::format("holder-{}", holder);
      for (int i = 0; store && i < 15; ++i) {
        const std::size_t first = static_cast<std::size_t>(holder + i) % 3, second = (first + 1) % 3;
        const std::vector<std::string> accounts{fmt::format("a{}", first), fmt::format("a{}", second)};
        if (store->take("local", accounts, name) != true) continue;
        ++taken;
        for (const std::size_t each : {first, second}) twice += held.at(each)++ > 0 ? 1 : 0;
        for (const std::size_t each : {first, second}) --held.at(each);
        EXPECT_TRUE(store->give_back("local", accounts, name));
      }
    });
  for (std::thread& each : holders) each.join();
  EXPECT_EQ(twice, 0);
  EXPECT_GT(taken, 0);
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
  EXPECT_EQ(broken.error().what, "the history sqlite:broken.db: file is not a database");
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
