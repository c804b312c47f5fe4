// What this process uses.
#include "cli/own_process.h"

#include <chrono>
#include <gmock/gmock.h>

namespace murphy::cli {
namespace {

TEST(OwnProcess, IsMeasured) {
  const watch::ProcessFigures own = own_process();
  EXPECT_GT(own.resident_bytes, 1'000'000);
  EXPECT_GE(own.open_files, 3);
  EXPECT_GT(own.most_files, own.open_files);
  EXPECT_GE(own.threads, 1);
  const double now = std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count();
  EXPECT_GT(own.started, now - 86'400);
  EXPECT_LT(own.started, now + 5);
}

} // namespace
} // namespace murphy::cli
