#include "run/shared/console_window.h"

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
  return console.lines_since(mark);
}

} // namespace murphy::run
