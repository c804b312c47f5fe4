#include "base/make_error.h"
#include "base/text.h"
#include "cli/commands.h"
#include "cli/outputs.h"
#include "cli/terminal.h"
#include "record/journal.h"
#include "record/shards.h"
#include "reports/console.h"
#include "reports/evidence_shown.h"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <optional>
#include <set>

namespace murphy::cli {
namespace {

constexpr std::size_t journal_piece = 1U << 20;
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
  std::string piece(journal_piece, '\0');
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
class OneRow {
public:
  explicit OneRow(record::EventSink emit) : emit_(std::move(emit)) {}

  void begin(const record::RunStarted& started) {
    began_ = started.at;
    emit_(started);
  }

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
    emit_(event);
  }

  // `parts` is how many have to have come to their end for the run to be whole; none: it is not.
  void end(std::optional<std::size_t> parts) {
    if (control_) emit_(*control_);
    if (lost_) emit_(*lost_);
    if (finished_ != parts) return;
    last_.duration = std::chrono::duration_cast<record::Duration>(last_.at - began_);
    emit_(last_);
  }

private:
  void end_of_part(const record::RunFinished& finished) {
    ++finished_;
    last_.at = std::max(last_.at, finished.at);
    last_.interrupted = last_.interrupted || finished.interrupted;
  }

  record::EventSink emit_;
  std::optional<record::ControlFinished> control_;
  std::optional<record::TargetLost> lost_;
  record::RunFinished last_;
  record::Instant began_{};
  std::size_t finished_ = 0; // parts that came to their end
  bool is_ready_ = false;
  bool has_evidence_ = false;
};

// The parts of a run, ready to be read as often as it takes.
struct Parts {
  std::vector<record::PartOfRun> parts; // in the order of their numbers
  record::RunStarted started;           // of all of them
  bool is_whole = false;

  // Errors: as read_journal.
  Result<void> each(const record::EventSink& take) const {
    OneRow row(take);
    row.begin(started);
    for (const record::PartOfRun& part : parts) {
      auto read = each_event(part.journal, [&](const record::Event& event) {
        row.take(event);
        return true;
      });
      if (!read) return read;
    }
    row.end(is_whole ? std::optional(parts.size()) : std::nullopt);
    return {};
  }
};

void add_error(Errors& errors, const Result<void>& result) {
  if (!result) errors.push_back(result.error());
}

// Reports list every step; the exit code is made of those that could not be judged.
enum class StepsKept { all, errors };

// Without what the app answered.
void apply_bare(record::Run& run, const record::StepFinished& step, StepsKept kept, Errors& errors) {
  if (kept == StepsKept::errors && !step.step.error) return;
  record::StepFinished bare = step;
  bare.step.evidence = {};
  bare.step.earlier = {};
  bare.step.earlier_pages = {};
  add_error(errors, record::apply(run, bare));
}

// The run without the evidence of steps, and how much of it there is.
struct Outline {
  record::Run run;
  Errors errors;
  std::map<std::string, std::size_t> bytes_of_passed; // by case; empty where no report shows them
};

Result<Outline> outline_of(const Parts& parts, const Outputs& outputs, std::optional<record::JournalWriter> journal) {
  const Stream stream = uses_standard_output(outputs) ? Stream::error : Stream::output;
  reports::ConsoleReport console(style_of(stream), [=](std::string_view text) { return print_to(stream, text); });
  const bool shows_passed = std::ranges::any_of(outputs.reports, [](const ReportRequest& report) {
    return report.kind->passed_steps == record::PassedSteps::evidence;
  });
  Outline outline;
  auto read = parts.each([&](const record::Event& event) {
    if (journal && outline.errors.empty()) add_error(outline.errors, journal->write(event));
    console(event);
    const auto* step = std::get_if<record::StepFinished>(&event);
    if (step == nullptr) return add_error(outline.errors, record::apply(outline.run, event));
    if (shows_passed && step->step.outcome == record::Outcome::passed)
      outline.bytes_of_passed[step->id] += record::journal_line(event).size();
    apply_bare(outline.run, *step, outputs.reports.empty() ? StepsKept::errors : StepsKept::all, outline.errors);
  });
  if (!read) return std::unexpected(read.error());
  console.finish();
  return outline;
}

// The same run with the evidence that reports show. The journals are read once more, so that no more is held.
Result<record::Run> with_evidence(const Parts& parts, const Outputs& outputs, Outline outline) {
  const bool shows_all =
      std::ranges::any_of(outputs.reports, [](const ReportRequest& report) { return report.kind->shows_all_evidence; });
  const std::set<std::string> shown = reports::cases_with_evidence(outline.run, outline.bytes_of_passed);
  outline = {};
  record::Run run;
  Errors ignored; // what does not fit together was found when the outline was made
  auto read = parts.each([&](const record::Event& event) {
    const auto* step = std::get_if<record::StepFinished>(&event);
    if (step != nullptr && !shows_all && !shown.contains(step->id))
      apply_bare(run, *step, StepsKept::all, ignored);
    else
      add_error(ignored, record::apply(run, event));
  });
  if (!read) return std::unexpected(read.error());
  return run;
}

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
  std::ranges::sort(*parts, {}, [](const record::PartOfRun& part) { return part.started.shard->index; });
  for (record::PartOfRun& part : *parts) part.started.plan.clear();
  const Parts all{.parts = std::move(*parts), .started = std::move(started), .is_whole = is_whole};
  auto outline = outline_of(all, outputs, std::move(journal));
  if (!outline) return refuse({outline.error()});
  if (!is_whole) write_error("murphy merge: " + missing_text(*missing) + "\n");
  const ExitCode code = is_whole ? exit_code(outline->run) : ExitCode::failed;
  Errors errors = std::move(outline->errors);
  if (!outputs.reports.empty()) {
    const auto run = with_evidence(all, outputs, std::move(*outline));
    if (!run) return refuse({run.error()});
    Errors unwritten = write_reports(*run, outputs.reports);
    std::ranges::move(unwritten, std::back_inserter(errors));
  }
  if (!errors.empty()) return refuse(errors), ExitCode::internal;
  return code;
}

} // namespace murphy::cli
