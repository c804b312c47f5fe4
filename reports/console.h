// The console report: a fold over the events of a run, for people.
#pragma once

#include "record/event.h"
#include "reports/console_style.h"

#include <functional>
#include <memory>
#include <string_view>

namespace murphy::reports {

// Takes text to show. False when nobody reads any more (a closed pipe); the report then goes quiet and the run goes on.
using TextSink = std::function<bool(std::string_view)>;

// Writes each scenario as it ends, under its feature and in the order of the plan: one that ends before an earlier one
// waits for it, so that two runs of the same scenarios read alike. On a terminal a status line at the bottom shows at
// once how things stand. Text of the app is shown harmless: no escape sequence of its console reaches the terminal.
// Not thread-safe: events, ticks and finish() come one at a time. Never throws and never fails.
class ConsoleReport {
public:
  ConsoleReport(ConsoleStyle style, TextSink sink);
  ~ConsoleReport();
  ConsoleReport(const ConsoleReport&) = delete;
  ConsoleReport& operator=(const ConsoleReport&) = delete;

  void operator()(const record::Event& event);
  // Takes the status line away while `write` writes to the same terminal.
  void make_room(const std::function<void()>& write);
  // Draws the status line anew with the time passed until `now`. Without a live line it does nothing.
  void tick(record::Instant now);
  // Writes the list of what failed and the summary, once; also after a run that did not end. Call it last.
  void finish();

private:
  class Fold;
  std::unique_ptr<Fold> fold_;
};

} // namespace murphy::reports
