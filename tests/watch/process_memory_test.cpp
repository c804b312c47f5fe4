// What a watch says of the app's process.
#include "watch/process_memory.h"

#include "looks.h"

#include <gmock/gmock.h>
#include <utility>

namespace murphy::watch {
namespace {

using std::chrono::minutes;
using std::chrono::seconds;
using State = ServerFinding::State;

class AppProcess : public testing::Test {
protected:
  AppProcess() {
    look_.id = 4711;
    look_.start_ticks = 1000;
    look_.resident_bytes = 100 << 20;
    look_.most_bytes = 1000 << 20;
    look_.open_files = 20;
    look_.most_files = 1024;
  }
  ServerFinding look(const char* check, int minute = 0) {
    return take_in(memory_, look_, at(seconds(60 * minute))).at(check);
  }

  ProcessMemory memory_;
  ProcessLook look_;
};

TEST_F(AppProcess, ThatIsAsItShouldBeIsGood) {
  for (const char* check : {process_check, memory_check, descriptors_check}) EXPECT_EQ(look(check).state, State::ok);
  EXPECT_EQ(memory_.restarts, 0);
  EXPECT_EQ(memory_.last, look_);
}

TEST_F(AppProcess, WhoseFileHasGoneIsGoneOnceItWasSeen) {
  const ProcessLook runs = std::exchange(look_, ProcessLook{.missing = "app.pid"});
  EXPECT_EQ(look(process_check).state, State::blind);
  EXPECT_EQ(look(process_check).words, "app.pid is not there");
  EXPECT_EQ(look(memory_check).words, "app.pid is not there");
  look_ = runs;
  EXPECT_EQ(look(process_check).state, State::ok);
  look_ = {.missing = "app.pid"};
  EXPECT_EQ(look(process_check).state, State::bad);
  EXPECT_EQ(look(process_check).words, "app.pid is not there any longer");
  EXPECT_EQ(look(memory_check).state, State::blind);
  EXPECT_EQ(look(memory_check).words, "there is no process");
}

TEST_F(AppProcess, ThatStartsAgainAndAgainIsBad) {
  look(process_check);
  for (int start = 1; start <= 2; ++start) {
    look_.start_ticks += 100; // the same id: a container
    EXPECT_EQ(look(process_check, start).state, State::ok) << "apps are deployed";
  }
  look_.id = 4712;
  const ServerFinding loop = look(process_check, 3);
  EXPECT_EQ(loop.state, State::bad);
  EXPECT_EQ(loop.words, "it was started 3 times in 10 minutes");
  EXPECT_EQ(memory_.restarts, 3);
  EXPECT_EQ(look(process_check, 11).state, State::bad);
  EXPECT_EQ(look(process_check, 12).state, State::ok);
}

TEST_F(AppProcess, ThatHasNearlyAllItMayHaveIsBad) {
  look_.resident_bytes = 900 << 20;
  EXPECT_EQ(look(memory_check).state, State::bad);
  EXPECT_EQ(look(memory_check).words, "the process 4711 uses 900 MB of the 1000 MB that it may have");
  EXPECT_EQ(look(descriptors_check).state, State::ok);
  look_.resident_bytes = 899 << 20;
  look_.open_files = 922;
  EXPECT_EQ(look(memory_check).state, State::ok);
  EXPECT_EQ(look(descriptors_check).words, "the process 4711 has 922 of 1024 open files");
  look_.most_files = 0;
  EXPECT_EQ(look(descriptors_check).state, State::ok) << "there is no limit";
}

TEST_F(AppProcess, ThatCannotBeSeenIsNotGood) {
  look_.open_files.reset();
  EXPECT_EQ(look(process_check).state, State::ok);
  EXPECT_EQ(look(descriptors_check).state, State::blind);
  EXPECT_EQ(look(descriptors_check).words, "this user may not see the open files of process 4711");
  look_.blind = "app.pid cannot be read: Permission denied";
  for (const char* check : {process_check, memory_check, descriptors_check}) {
    EXPECT_EQ(look(check).state, State::blind);
    EXPECT_EQ(look(check).words, look_.blind);
  }
  EXPECT_FALSE(memory_.last);
  look_.blind.clear();
  look_.gone = "no process 4711 runs, which app.pid names";
  EXPECT_EQ(look(process_check).state, State::bad);
  EXPECT_EQ(look(process_check).words, look_.gone);
  EXPECT_EQ(look(memory_check).state, State::blind);
}

} // namespace
} // namespace murphy::watch
