#include "cli/app_server_look.h"

#include "base/size_text.h"
#include "base/text.h"
#include "diagnose/baseline_lines.h"
#include "diagnose/diagnose.h"
#include "record/redact.h"
#include "target/process_figures.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace murphy::cli {
namespace {

constexpr std::chrono::seconds patience(1);     // with a console that never falls silent
constexpr std::size_t longest_error_line = 300; // that is kept of an error line
constexpr std::size_t most_diagnosed = 10;      // kinds of lines in one look

std::optional<diagnose::Signatures> signatures_of_project(const std::vector<record::ProjectSignature>& own) {
  if (own.empty()) return std::nullopt;
  auto made = diagnose::Signatures::with(own);
  return made ? std::optional(std::move(*made)) : std::nullopt;
}

} // namespace

std::optional<watch::LikelyCause> likely_cause(const std::vector<record::Suspect>& suspects) {
  if (suspects.empty() || suspects.front().layer == record::Layer::unknown) return std::nullopt;
  const record::Suspect& first = suspects.front();
  return watch::LikelyCause{.fingerprint = first.fingerprint,
                            .words = record::described(first),
                            .confidence = first.confidence,
                            .names = {first.identifier, first.suggestion, first.wrong_name}};
}

AppServerLook::AppServerLook(PreparedRun& ready)
    : ready_(ready), own_(signatures_of_project(ready.signatures)),
      signatures_(own_ ? *own_ : diagnose::Signatures::built_in()) {}

watch::ConsoleLook AppServerLook::console(const ReadSchema& schema) {
  watch::ConsoleLook look;
  look.has_baseline = ready_.known_good.has_value();
  target::Console* console = ready_.setup->console();
  if (const std::string why = ready_.setup->console_trouble(); !why.empty())
    look.blind = ready_.redactor.redact("it is not being read: " + why);
  if (console == nullptr) return look;
  console->drain(std::chrono::steady_clock::now() + patience);
  const target::Console::Mark end = console->mark(), begin = std::exchange(mark_, end);
  const std::vector<record::ConsoleLine> lines = console->lines_between(begin, end);
  if (const target::Console::Mark lost = end - begin - lines.size(); lost > 0)
    look.blind = fmt::format("{} lines are lost, as more came at once than Murphy keeps", lost);
  const std::uint64_t left_out = console->left_out();
  if (const std::uint64_t more = left_out - std::exchange(left_out_, left_out); more > 0)
    look.blind = fmt::format("Murphy did not read {} of it, which came faster than it reads", size_text(more));
  Diagnosed diagnosed{.kinds = {}, .schema = {}};
  for (const record::ConsoleLine& line : lines)
    if (signatures_.may_take(line.text)) add_errors(look, line, diagnosed, schema);
  return look;
}

void AppServerLook::add_errors(watch::ConsoleLook& look, const record::ConsoleLine& line, Diagnosed& diagnosed,
                               const ReadSchema& schema) const {
  // The line may be of somebody whose tokens Murphy has never seen.
  const std::string text = record::redact_text(line.text, ready_.redactor);
  for (const std::string& form : diagnose::baseline_error_lines({text}, signatures_)) {
    if (ready_.known_good && contains(ready_.known_good->console, form)) continue;
    watch::ErrorLine error{
        .at = line.at, .form = ellipsize(form, longest_error_line), .text = ellipsize(text, longest_error_line)};
    if (diagnosed.kinds.size() < most_diagnosed && diagnosed.kinds.insert(form).second) {
      if (!diagnosed.schema) diagnosed.schema.emplace(schema());
      error.cause = cause_of_line(text, *diagnosed.schema);
    }
    look.lines.push_back(std::move(error));
  }
}

std::optional<watch::LikelyCause> AppServerLook::cause_of_line(const std::string& text,
                                                               const std::optional<record::Schema>& schema) const {
  diagnose::Evidence evidence;
  evidence.console = {text};
  evidence.schema = schema;
  auto cause = likely_cause(diagnose::diagnose(evidence, signatures_).suspects);
  if (cause) cause->words = ready_.redactor.redact(cause->words);
  return cause;
}

watch::ProcessLook AppServerLook::process() const {
  watch::ProcessLook look;
  const std::string& file = ready_.target->process->pid_file;
  const auto note = target::read_process_note(file);
  if (!note) {
    look.blind = ready_.redactor.redact(note.error().what);
    return look;
  }
  if (!*note) {
    look.missing = ready_.redactor.redact(file);
    return look;
  }
  const std::int64_t id = (*note)->process;
  const auto figures = target::figures_of(id);
  if (!figures && target::is_hidden(id)) {
    look.blind = ready_.redactor.redact(fmt::format("this user may not see process {}, which {} names", id, file));
    return look;
  }
  if (!figures) {
    look.gone = ready_.redactor.redact(fmt::format("no process {} runs, which {} names", id, file));
    return look;
  }
  if (target::is_another(*figures, **note)) {
    look.gone =
        ready_.redactor.redact(fmt::format("process {} is another one: it began after {} was written", id, file));
    return look;
  }
  look.id = id;
  look.start_ticks = figures->start_ticks;
  look.started = std::chrono::floor<record::Duration>(figures->started);
  look.resident_bytes = figures->resident_bytes;
  look.most_bytes = target::memory_limit_of(id);
  look.open_files = figures->open_files;
  look.most_files = figures->most_files;
  look.threads = figures->threads;
  return look;
}

} // namespace murphy::cli
