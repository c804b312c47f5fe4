// A clock that is set by hand: time passes by being waited for.
#pragma once

#include "looks.h"
#include "watch/watching.h"

namespace murphy::watch {

class SetClock : public WatchClock {
public:
  explicit SetClock(Instant::duration length, std::chrono::seconds from = std::chrono::seconds(0))
      : times_{.wall = at(from), .steady = {}}, end_(times_.wall + length) {}
  Times now() override { return times_; }
  bool wait_until(Instant wall) override {
    if (wall > times_.wall) pass(wall - times_.wall);
    return times_.wall < end_;
  }
  void pass(Instant::duration time) {
    times_.wall += time;
    times_.steady += time;
  }
  void sleep(Instant::duration time) { times_.wall += time; } // the machine, and its steady clock with it

private:
  Times times_;
  Instant end_;
};

} // namespace murphy::watch
