#include "cli/recorder.h"

#include "record/redact.h"

#include <chrono>

namespace murphy::cli {
namespace {

constexpr std::chrono::milliseconds tick_interval{250};

reports::ConsoleStyle style_with(Stream console, Recorder::LiveLine live) {
  reports::ConsoleStyle style = style_of(console);
  style.live = style.live && live == Recorder::LiveLine::where_possible;
  return style;
}

} // namespace

Recorder::Recorder(record::Redactor& redactor, std::optional<record::JournalWriter> journal, Stream console,
                   record::PassedSteps kept, LiveLine live)
    : redactor_(redactor), journal_(std::move(journal)), kept_(kept),
      console_(style_with(console, live), [console](std::string_view text) { return print_to(console, text); }) {
  if (style_with(console, live).live) ticker_ = std::jthread([this](const std::stop_token& stop) { tick(stop); });
}

Recorder::~Recorder() = default;

void Recorder::tick(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, stop, tick_interval, [&] { return stop.stop_requested(); }))
    console_.tick(std::chrono::system_clock::now());
}

void Recorder::note(const Result<void>& result) {
  if (!result) errors_.push_back(result.error());
}

void Recorder::operator()(const record::Event& event) {
  record::Event masked = record::redact(event, redactor_);
  // After a first failure to write, the journal stays as it is: it ends where the disk did.
  if (journal_ && errors_.empty()) note(journal_->write(masked));
  {
    const std::lock_guard lock(mutex_);
    console_(masked);
  }
  const auto* finished = std::get_if<record::CaseFinished>(&masked);
  const std::string passed =
      finished != nullptr && finished->outcome == record::Outcome::passed ? finished->id : std::string();
  note(record::apply(run_, std::move(masked)));
  if (passed.empty()) return;
  if (record::CaseResult* result = record::find_case(run_, passed)) record::forget_steps(*result, kept_);
}

void Recorder::say(const std::string& words) {
  const std::lock_guard lock(mutex_);
  console_.make_room([&] { remark(words, redactor_); });
}

record::Run Recorder::finish() {
  if (ticker_.joinable()) {
    ticker_.request_stop();
    ticker_.join();
  }
  console_.finish();
  return std::move(run_);
}

} // namespace murphy::cli
