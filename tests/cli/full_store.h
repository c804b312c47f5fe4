// A store of a watch that refuses what is written, as on a full disk.
#pragma once

#include "target/process.h"

#include <chrono>
#include <gtest/gtest.h>
#include <string>

namespace murphy::cli {

inline void run_sql(const std::string& file, const std::string& statements) {
  auto process = target::Process::start(
      {.command = "exec /usr/bin/python3 -c 'import sqlite3, sys; sqlite3.connect(sys.argv[1]).executescript("
                  "sys.argv[2])' \"" +
                  file + "\" \"" + statements + "\"",
       .directory = ".",
       .environment = {}});
  ASSERT_TRUE(process);
  const auto exit = process->wait(std::chrono::steady_clock::now() + std::chrono::seconds(30));
  ASSERT_TRUE(exit);
  ASSERT_EQ(exit->code(), 0);
}

inline void fill(const std::string& file) {
  run_sql(file, "CREATE TRIGGER full_state BEFORE INSERT ON state BEGIN SELECT RAISE(FAIL, 'disk is full'); END;"
                "CREATE TRIGGER full_outbox BEFORE UPDATE ON outbox BEGIN SELECT RAISE(FAIL, 'disk is full'); END;");
}

inline void make_room(const std::string& file) { run_sql(file, "DROP TRIGGER full_state; DROP TRIGGER full_outbox;"); }

} // namespace murphy::cli
