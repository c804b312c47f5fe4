// Histories that are killed, locked, full, broken or not to be written: what they hold stays whole, and each says why.
#include "history/store.h"

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <gmock/gmock.h>
#include <grp.h>
#include <soci/soci.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

namespace murphy::history {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;
using target::DatabaseAddress;
using testing::HasSubstr;

constexpr int cases_of_a_run = 300;
constexpr uid_t nobody = 65'534;

RunSummary large_run(int number) {
  RunSummary run;
  run.id = fmt::format("run-{}", number);
  run.target = "local";
  run.branch = "main";
  run.commit = fmt::format("c{}", number);
  run.outcome = "failed";
  run.started = 1'790'000'000'000'000 + number * 3'600'000'000;
  run.causes = {{.id = fmt::format("cause-{}", number), .words = "the model — column 'x' is not there"}};
  for (int i = 0; i < cases_of_a_run; ++i)
    run.cases.push_back({.id = fmt::format("a.toml#{}", i),
                         .feature = "A",
                         .name = fmt::format("{}", i),
                         .outcome = "failed",
                         .cause = run.causes.front().id,
                         .place = "a.toml:3"});
  return run;
}

// What the work in a process of its own said, and how that ended. Nothing of the test's own is run in it.
struct Ended {
  std::string said;
  int signal = 0;
};

Ended in_a_process(const std::function<std::string()>& work) {
  int ends[2];
  EXPECT_EQ(pipe(ends), 0);
  const pid_t child = fork();
  if (child == 0) {
    const std::string said = work();
    _exit(write(ends[1], said.data(), said.size()) == static_cast<ssize_t>(said.size()) ? 0 : 1);
  }
  close(ends[1]);
  Ended ended;
  char piece[4096];
  for (ssize_t size = read(ends[0], piece, sizeof piece); size > 0; size = read(ends[0], piece, sizeof piece))
    ended.said.append(piece, static_cast<std::size_t>(size));
  close(ends[0]);
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) ended.signal = WTERMSIG(status);
  return ended;
}

class TroubledHistory : public testing::TestWithParam<DatabaseAddress::Engine> {
protected:
  TroubledHistory() {
    std::string pattern = (fs::temp_directory_path() / "murphy-history-XXXXXX").string();
    folder_ = mkdtemp(pattern.data());
    if (is_postgresql()) {
      const char* server = std::getenv("DASHBOARD_DATABASE");
      EXPECT_NE(server, nullptr) << "run these tests below fixtures/dashboard/postgresql, as ctest does";
      text_ = server == nullptr ? "" : server + std::string("?connect_timeout=5");
      soci::session sql("postgresql", text_);
      for (const char* table : {"lease", "known_good", "result", "run", "cause", "murphy_history"})
        sql << fmt::format("DROP TABLE IF EXISTS {}", table);
    }
    auto address = target::read_database_address(Value(text_), folder_.string());
    EXPECT_TRUE(address);
    if (address) address_ = std::move(*address);
  }
  ~TroubledHistory() override { fs::remove_all(folder_); }

  bool is_postgresql() const { return GetParam() == DatabaseAddress::Engine::postgresql; }
  void connect(soci::session& sql) const {
    if (is_postgresql())
      sql.open("postgresql", text_);
    else
      sql.open("sqlite3", fmt::format("dbname=\"{}\"", address_.file));
  }
  // Adds a run; what went wrong, else "added".
  std::string add(int number, std::chrono::milliseconds longest_wait = 10s) const {
    auto store = Store::open(address_, Store::Access::write, longest_wait);
    if (!store) return store.error().what;
    const auto added = store->add(large_run(number), 0);
    return added ? "added" : added.error().what;
  }
  // Every run has all of its results, and each result its run and its cause.
  int whole_runs() const {
    soci::session sql;
    connect(sql);
    int runs = 0, results = 0, strays = 0;
    sql << "SELECT count(*) FROM run", soci::into(runs);
    sql << "SELECT count(*) FROM result", soci::into(results);
    sql << "SELECT count(*) FROM result WHERE run_id NOT IN (SELECT id FROM run) OR cause NOT IN (SELECT id FROM "
           "cause)",
        soci::into(strays);
    EXPECT_EQ(results, runs * cases_of_a_run);
    EXPECT_EQ(strays, 0);
    return runs;
  }

  fs::path folder_;
  std::string text_ = "sqlite:history.db";
  DatabaseAddress address_;
};

TEST_P(TroubledHistory, IsWholeWheneverTheWriterIsKilled) {
  EXPECT_EQ(add(0), "added");
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(add(1), "added");
  const auto usual = std::chrono::steady_clock::now() - begin;
  // From the first statement to long after the last one.
  constexpr int moments = 40;
  int killed = 0, runs = 2;
  for (int i = 0; i < moments; ++i) {
    int ends[2];
    ASSERT_EQ(pipe(ends), 0);
    const pid_t child = fork();
    if (child == 0) {
      const char begins = 'b';
      if (write(ends[1], &begins, 1) != 1) _exit(2);
      _exit(add(100 + i) == "added" ? 0 : 1);
    }
    char begins = 0;
    EXPECT_EQ(read(ends[0], &begins, 1), 1);
    const auto moment = std::chrono::steady_clock::now() + usual * i / (moments / 2);
    while (std::chrono::steady_clock::now() < moment) std::this_thread::yield();
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    close(ends[0]);
    close(ends[1]);
    killed += WIFSIGNALED(status) ? 1 : 0;
    const int now = whole_runs();
    EXPECT_TRUE(now == runs || now == runs + 1) << i;
    EXPECT_TRUE(WIFSIGNALED(status) || now == runs + 1) << "it ended by itself";
    runs = now;
  }
  EXPECT_GT(killed, 0);
  EXPECT_EQ(add(2), "added") << "nobody holds a lock any longer";
}

TEST_P(TroubledHistory, ThatIsLockedIsWaitedForAndThenSaid) {
  EXPECT_EQ(add(0), "added");
  soci::session other;
  connect(other);
  other << (is_postgresql() ? "BEGIN" : "BEGIN IMMEDIATE");
  if (is_postgresql()) other << "SELECT pg_advisory_xact_lock(7238196)";
  const std::string said = add(1, 200ms);
  EXPECT_THAT(said, HasSubstr(is_postgresql() ? "canceling statement due to lock timeout" : "database is locked"));
  auto reader = Store::open(address_, Store::Access::read, 200ms);
  ASSERT_TRUE(reader) << reader.error().what;
  EXPECT_EQ(reader->runs(5)->size(), 1U) << "who only reads does not wait";
  other << "ROLLBACK";
  EXPECT_EQ(add(1, 200ms), "added");
}

TEST_P(TroubledHistory, ThatIsNotToBeWrittenIsRead) {
  EXPECT_EQ(add(0), "added");
  Ended ended;
  if (is_postgresql()) {
    soci::session sql;
    connect(sql);
    sql << "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', "
           "current_database()); END $$";
    ended.said = add(1);
    EXPECT_THAT(ended.said, HasSubstr("in a read-only transaction"));
    EXPECT_TRUE(Store::open(address_, Store::Access::read));
    sql << "SET default_transaction_read_only = off";
    sql << "DO $$ BEGIN EXECUTE format('ALTER DATABASE %I RESET default_transaction_read_only', current_database()); "
           "END $$";
  } else {
    fs::permissions(folder_, fs::perms(0555));
    fs::permissions(address_.file, fs::perms(0444));
    ended = in_a_process([&]() -> std::string { // who may do everything is not kept out
      if (geteuid() == 0 && (setgroups(0, nullptr) != 0 || setgid(nobody) != 0 || setuid(nobody) != 0)) return "root";
      const auto reader = Store::open(address_, Store::Access::read);
      return (reader ? "read; " : "not read; ") + add(1);
    });
    fs::permissions(folder_, fs::perms(0755));
    EXPECT_THAT(ended.said, HasSubstr("read; the history sqlite:history.db: attempt to write a readonly database"));
  }
  EXPECT_EQ(whole_runs(), 1);
  fs::permissions(folder_, fs::perms(0755));
}

INSTANTIATE_TEST_SUITE_P(Engines, TroubledHistory,
                         testing::Values(DatabaseAddress::Engine::sqlite, DatabaseAddress::Engine::postgresql),
                         [](const auto& engine) {
                           return engine.param == DatabaseAddress::Engine::sqlite ? "SQLite" : "PostgreSQL";
                         });

class TroubledFile : public TroubledHistory {};

TEST_P(TroubledFile, OnAFullDiskKeepsWhatItHas) {
  EXPECT_EQ(add(0), "added");
  const auto size = fs::file_size(address_.file);
  for (const rlim_t more : {0U, 4096U, 20'000U}) {
    const Ended ended = in_a_process([&]() -> std::string {
      std::signal(SIGXFSZ, SIG_IGN);
      const rlimit most{.rlim_cur = size + more, .rlim_max = size + more};
      return setrlimit(RLIMIT_FSIZE, &most) == 0 ? add(1) : "no limit";
    });
    EXPECT_THAT(ended.said, HasSubstr("the history sqlite:history.db: "));
    EXPECT_THAT(ended.said, testing::AnyOf(HasSubstr("disk I/O error"), HasSubstr("database or disk is full")));
    EXPECT_EQ(whole_runs(), 1);
  }
  EXPECT_EQ(add(1), "added") << "with room again";
}

TEST_P(TroubledFile, ThatIsBrokenInItsMiddleIsRefused) {
  for (int number = 0; number < 4; ++number) EXPECT_EQ(add(number), "added");
  {
    const auto size = fs::file_size(address_.file);
    std::fstream file(address_.file, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(4096);
    file << std::string(size - 8192, '\xff');
  }
  EXPECT_THAT(add(9), HasSubstr("the history sqlite:history.db: database disk image is malformed"));
  auto reader = Store::open(address_, Store::Access::read);
  EXPECT_FALSE(reader && reader->cases(""));
}

INSTANTIATE_TEST_SUITE_P(Engines, TroubledFile, testing::Values(DatabaseAddress::Engine::sqlite),
                         [](const auto&) { return "SQLite"; });

} // namespace
} // namespace murphy::history
