// Takes every event of a run: masks it, keeps it, and passes it to the reports.
#pragma once

#include "base/error.h"
#include "cli/terminal.h"
#include "record/journal.h"
#include "record/redactor.h"
#include "record/run.h"
#include "reports/console.h"

#include <condition_variable>
#include <mutex>
#include <optional>
#include <thread>

namespace murphy::cli {

class Recorder {
public:
  // A live line would be written over what others show meanwhile.
  enum class LiveLine { where_possible, never };
  // Reports to the console and, where there is one, to the journal. Of the steps of a case that passed it keeps what is
  // asked for. The redactor must outlive it.
  Recorder(record::Redactor& redactor, std::optional<record::JournalWriter> journal, Stream console,
           record::PassedSteps kept, LiveLine live = LiveLine::where_possible);
  ~Recorder();
  Recorder(const Recorder&) = delete;
  Recorder& operator=(const Recorder&) = delete;

  void operator()(const record::Event& event);
  // On standard error, masked: what nobody needs to know afterwards.
  void say(const std::string& words);
  // Ends the console report and gives the run away. No event may come after it.
  record::Run finish();
  // What kept the journal or the run from being kept whole.
  const Errors& errors() const { return errors_; }

private:
  void note(const Result<void>& result);
  void tick(const std::stop_token& stop);

  record::Redactor& redactor_;
  std::optional<record::JournalWriter> journal_;
  const record::PassedSteps kept_;
  record::Run run_;
  Errors errors_;
  std::mutex mutex_; // guards console_ while the ticker lives
  reports::ConsoleReport console_;
  std::condition_variable_any ended_;
  std::jthread ticker_; // keeps the time of the live line going
};

} // namespace murphy::cli
