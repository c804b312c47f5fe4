#include "run/shared/console_window.h"

#include "record/bounds.h"

#include <chrono>

namespace murphy::run {
namespace {

using namespace std::chrono_literals;
using SteadyClock = std::chrono::steady_clock;

constexpr auto quiet = 80ms;
constexpr auto patience = 1s;

} // namespace

target::Console::Mark console_mark(target::Console& console) {
  console.drain(SteadyClock::now());
  return console.mark();
}

std::vector<record::ConsoleLine> console_since(target::Console& console, target::Console::Mark mark) {
  console.drain(SteadyClock::now() + patience, quiet);
  std::vector<record::ConsoleLine> lines = console.lines_since(mark);
  record::keep_newest(lines, record::most_of_step);
  return lines;
}

} // namespace murphy::run
