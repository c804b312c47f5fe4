#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/terminal.h"
#include "record/journal.h"
#include "record/shards.h"
#include "reports/console.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <optional>

namespace murphy::cli {
namespace {

constexpr std::size_t piece_size = 1U << 20;
constexpr std::size_t most_named = 10; // of missing shards

// The events of a journal, one after the other: of a large one never more is held than a line. `take` says whether it
// wants more. Errors: as read_journal.
Result<void> each_event(const std::string& journal, const std::function<bool(const record::Event&)>& take) {
  std::ifstream file(journal, std::ios::binary);
  if (!file) {
    const auto why = record::read_journal(journal);
    return why ? Result<void>() : std::unexpected(why.error());
  }
  bool wants_more = true;
  const auto sink = [&](const record::Event& event) {
    if (wants_more) wants_more = take(event);
  };
  record::JournalReader reader(journal);
  std::string piece(piece_size, '\0');
  while (wants_more && (file.read(piece.data(), static_cast<std::streamsize>(piece.size())) || file.gcount() > 0))
    if (auto added = reader.add(std::string_view(piece).substr(0, static_cast<std::size_t>(file.gcount())), sink);
        !added)
      return added;
  return wants_more ? reader.finish(sink) : Result<void>();
}

// How every journal begins.
Result<std::vector<record::PartOfRun>> beginnings(const std::vector<std::string>& journals) {
  std::vector<record::PartOfRun> parts;
  for (const std::string& journal : journals) {
    record::PartOfRun part{.journal = journal, .started = {}};
    bool has_begun = false;
    auto read = each_event(journal, [&](const record::Event& event) {
      if (const auto* started = std::get_if<record::RunStarted>(&event)) {
        part.started = *started;
        has_begun = true;
      }
      return false;
    });
    if (!read) return std::unexpected(read.error());
    if (!has_begun)
      return std::unexpected(
          in_file(usage_error("this journal does not say how its run began", "run the shard again"), journal));
    parts.push_back(std::move(part));
  }
  return parts;
}

std::string missing_text(const record::MissingParts& missing) {
  std::vector<std::string> numbers;
  for (std::size_t i = 0; i < std::min(missing.shards.size(), most_named); ++i)
    numbers.push_back(std::to_string(missing.shards[i]));
  const std::size_t more = missing.shards.size() - numbers.size();
  return fmt::format("{} {}{} {} missing, with {} scenario{}", missing.shards.size() == 1 ? "shard" : "shards",
                     join(numbers, ", "), more > 0 ? fmt::format(" and {} more", more) : "",
                     missing.shards.size() == 1 ? "is" : "are", missing.cases, missing.cases == 1 ? "" : "s");
}

// Puts the events of all parts in one row: what a run has once is taken once, and what ends it comes last.
class Merger {
public:
  // What reports are made of is kept, or given up as soon as it has been shown.
  enum class Evidence { kept, given_up };
  Merger(std::optional<record::JournalWriter> journal, Stream console, Evidence evidence)
      : journal_(std::move(journal)), evidence_(evidence),
        console_(style_of(console), [console](std::string_view text) { return print_to(console, text); }) {}

  void begin(record::RunStarted started) { emit(record::Event(std::move(started))); }

  void take(const record::Event& event) {
    if (std::holds_alternative<record::RunStarted>(event)) return;
    if (const auto* finished = std::get_if<record::RunFinished>(&event)) return end_of_part(*finished);
    if (std::holds_alternative<record::TargetReady>(event) && std::exchange(is_ready_, true)) return;
    if (std::holds_alternative<record::EvidenceGathered>(event) && std::exchange(has_evidence_, true)) return;
    if (const auto* lost = std::get_if<record::TargetLost>(&event)) {
      if (!lost_) lost_ = *lost;
      return;
    }
    if (const auto* control = std::get_if<record::ControlFinished>(&event)) {
      if (!control_ || control_->holds) control_ = *control;
      return;
    }
    emit(event);
  }

  void end(std::size_t parts, bool is_whole, record::Instant began) {
    if (control_) emit(record::Event(*control_));
    if (lost_) emit(record::Event(*lost_));
    if (is_whole && finished_ == parts) {
      last_.duration = std::chrono::duration_cast<record::Duration>(last_.at - began);
      emit(record::Event(last_));
    }
    console_.finish();
  }

  const record::Run& run() const { return run_; }
  const Errors& errors() const { return errors_; }

private:
  void end_of_part(const record::RunFinished& finished) {
    ++finished_;
    last_.at = std::max(last_.at, finished.at);
    last_.interrupted = last_.interrupted || finished.interrupted;
  }

  void emit(const record::Event& event) {
    const auto note = [&](const Result<void>& result) {
      if (!result) errors_.push_back(result.error());
    };
    if (journal_ && errors_.empty()) note(journal_->write(event));
    console_(event);
    if (const auto* step = std::get_if<record::StepFinished>(&event);
        step != nullptr && evidence_ == Evidence::given_up) {
      if (step->step.outcome == record::Outcome::passed) return; // nothing is made of it
      record::StepFinished bare = *step;
      bare.step.evidence = {};
      bare.step.earlier = {};
      note(record::apply(run_, bare));
    } else {
      note(record::apply(run_, event));
    }
  }

  std::optional<record::JournalWriter> journal_;
  Evidence evidence_;
  reports::ConsoleReport console_;
  record::Run run_;
  Errors errors_;
  std::optional<record::ControlFinished> control_;
  std::optional<record::TargetLost> lost_;
  record::RunFinished last_;
  std::size_t finished_ = 0; // parts that came to their end
  bool is_ready_ = false;
  bool has_evidence_ = false;
};

ExitCode refuse(const Errors& errors) {
  show(errors);
  return exit_code(errors.front().kind);
}

} // namespace

ExitCode merge_command(const MergeOptions& options) {
  auto kinds = read_report_options(options.reports, [](const char* name) { return std::getenv(name); });
  if (!kinds) return show(kinds.error()), ExitCode::usage;
  const Outputs outputs{.reports = std::move(*kinds), .journal = options.journal};
  if (const Errors wrong = check_outputs(outputs, options.journals); !wrong.empty()) return refuse(wrong);
  auto parts = beginnings(options.journals);
  if (!parts) return refuse({parts.error()});
  const auto missing = record::check_parts(*parts);
  if (!missing) return refuse({missing.error()});
  const bool is_whole = missing->shards.empty();
  if (!is_whole && !options.partial)
    return refuse({usage_error(missing_text(*missing),
                               "pass all journals; --partial merges those that are there, and the result fails")});

  std::optional<record::JournalWriter> journal;
  if (!options.journal.empty()) {
    auto opened = record::JournalWriter::open(options.journal);
    if (!opened) return refuse({opened.error()});
    journal.emplace(std::move(*opened));
  }
  record::RunStarted started = record::joined_start(*parts);
  const record::Instant began = started.at;
  std::ranges::sort(*parts, {}, [](const record::PartOfRun& part) { return part.started.shard->index; });
  Merger merger(std::move(journal), uses_standard_output(outputs) ? Stream::error : Stream::output,
                outputs.reports.empty() ? Merger::Evidence::given_up : Merger::Evidence::kept);
  merger.begin(std::move(started));
  for (const record::PartOfRun& part : *parts) {
    const auto read = each_event(part.journal, [&](const record::Event& event) {
      merger.take(event);
      return true;
    });
    if (!read) return refuse({read.error()});
  }
  merger.end(parts->size(), is_whole, began);
  if (!is_whole) write_error("murphy merge: " + missing_text(*missing) + "\n");
  Errors errors = merger.errors();
  Errors unwritten = write_reports(merger.run(), outputs.reports);
  std::ranges::move(unwritten, std::back_inserter(errors));
  if (!errors.empty()) return refuse(errors), ExitCode::internal;
  return is_whole ? exit_code(merger.run()) : ExitCode::failed;
}

} // namespace murphy::cli
