#include "cli/step_guide.h"

#include "base/make_error.h"
#include "base/text.h"
#include "cli/typed_expectation.h"
#include "record/redact.h"
#include "reports/ascii_text.h"
#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "reports/text_block.h"
#include "words/failure_text.h"

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <fmt/format.h>

namespace murphy::cli {
namespace {

using reports::plain_line;
using reports::plain_text;
using reports::TextBlock;
using reports::Tone;

constexpr std::size_t most_console_lines = 50; // of the case, at once
constexpr std::size_t most_page_lines = 200;
constexpr std::chrono::seconds long_wait{60};

constexpr std::string_view keys = "Enter go on, r repeat, s skip, b [LINE] run on, e EXPECTATION try, p page, f form, "
                                  "c cookies, l console, q quit";
constexpr const char* prompt = "step> ";

void write_page(TextBlock& block, const record::PageSeen& page) {
  block.labelled(Tone::dim, "page",
                 fmt::format("{}{} ({})", page.title.empty() ? "" : plain_line(page.title) + ", ", plain_line(page.url),
                             page.status));
}

void write_form(TextBlock& block, const record::StepResult& step) {
  if (!step.evidence.form) {
    if (step.error) block.labelled(Tone::doubtful, "form", plain_text(step.error->what));
    return;
  }
  const record::FilledForm& form = *step.evidence.form;
  block.labelled(Tone::dim, "form",
                 fmt::format("{}: {} {}", plain_line(form.name), plain_line(form.method), plain_line(form.action)));
  block.indent(2);
  for (const record::FilledField& field : form.fields)
    block.line({{Tone::plain, fmt::format("{} = {}", plain_line(field.name), plain_line(field.value))}}, 2);
  block.outdent(2);
}

void write_console(TextBlock& block, const std::vector<record::ConsoleLine>& lines) {
  const std::size_t first = lines.size() > most_console_lines ? lines.size() - most_console_lines : 0;
  if (first > 0) block.line({{Tone::dim, fmt::format("{} earlier lines", first)}});
  for (std::size_t i = first; i < lines.size(); ++i) block.barred(Tone::plain, plain_text(lines[i].text));
}

void write_words(TextBlock& block, const record::PageSeen& page) {
  const std::string text = plain_text(page.text);
  const std::vector<std::string_view> lines = split(text, '\n');
  for (std::size_t i = 0; i < std::min(lines.size(), most_page_lines); ++i)
    block.line({{Tone::plain, std::string(lines[i])}}, 2);
  if (lines.size() > most_page_lines)
    block.line({{Tone::dim, fmt::format("and {} more lines", lines.size() - most_page_lines)}});
}

bool is_same_file(const std::string& one, const std::string& other) {
  std::error_code ignored;
  return std::filesystem::path(one).lexically_normal() == std::filesystem::path(other).lexically_normal() ||
         std::filesystem::equivalent(one, other, ignored);
}

} // namespace

Result<void> check_stepping(const RunOptions& options) {
  if (options.step.empty()) return {};
  if (options.step != "true" && options.step != "failed")
    return std::unexpected(usage_error(fmt::format("--step={} is not known", one_line(options.step)),
                                       "write --step, or --step=failed to stop at failures only"));
  if (options.jobs > 1)
    return std::unexpected(
        usage_error("--step goes through one scenario at a time, and --jobs asks for several", "leave out --jobs"));
  if (options.retries > 0)
    return std::unexpected(
        usage_error("--step lets a person repeat a step, and --retry repeats whole scenarios", "leave out --retry"));
  if (!options.last_failed.empty() && is_same_file(options.journal, options.last_failed))
    return std::unexpected(usage_error(
        fmt::format("--journal would replace {}, from which --last-failed reads", one_line(options.last_failed)),
        "with --step, write the journal to another file"));
  if (const char* ci = std::getenv("CI"); ci != nullptr && *ci != '\0')
    return std::unexpected(
        usage_error("--step asks a person, and CI is set", "leave out --step in CI; on your machine, unset CI"));
  if (!TerminalQuestions::open())
    return std::unexpected(
        usage_error("--step asks a person, and there is no terminal", "run it in a terminal, or leave out --step"));
  return {};
}

StepCommand step_command(const std::string& line) {
  const std::string_view text = trim(line);
  if (text.empty()) return {};
  const std::string_view rest = text.substr(1);
  if (!rest.empty() && rest.front() != ' ' && rest.front() != '\t') return {.key = '?', .text = {}};
  return {.key = text.front(), .text = std::string(trim(rest))};
}

std::string after_waiting(std::chrono::seconds waited) {
  if (waited < long_wait) return {};
  return fmt::format("You took {} s. The time limits of the app, such as that of its session, did not wait.",
                     waited.count());
}

void StepGuide::say(std::string_view text) const {
  terminal_.say(style_.ascii ? reports::ascii_text(text) : std::string(text));
}

record::StepResult StepGuide::masked(const record::PlannedCase& planned, record::StepResult step) {
  record::Event event =
      record::redact(record::StepFinished{.id = planned.id, .step = std::move(step)}, around_.redactor);
  return std::move(std::get<record::StepFinished>(event).step);
}

bool StepGuide::stops(const record::PlannedCase& planned, const Place& step, Moment moment) {
  if (around_.stop.stop_requested()) return false;
  if (planned.id != case_) {
    case_ = planned.id;
    console_.clear();
    runs_to_.reset();
  }
  if (moment == Moment::before_a_step) {
    if (stops_ == Stops::at_failures) return false;
    if (runs_to_ && (*runs_to_ == 0 || step.file != planned.place.file || step.line < *runs_to_)) return false;
  }
  runs_to_.reset();
  return true;
}

void StepGuide::show(const View& view, const record::StepResult& shown) {
  TextBlock block(style_);
  block.blank();
  block.line({{Tone::strong, plain_line(view.planned.name)},
              {Tone::plain, "  " + plain_line(shown.title)},
              {Tone::dim, "  " + reports::line_text(shown.place)}},
             2);
  block.indent(2);
  if (view.moment == Moment::after_a_failure) {
    reports::write_failures(block, shown);
  } else {
    if (!shown.source_line.empty()) block.line({{Tone::plain, plain_line(shown.source_line)}}, 2);
    if (shown.evidence.page) write_page(block, *shown.evidence.page);
    write_form(block, shown);
  }
  if (!shown.evidence.console.empty()) {
    block.line({{Tone::dim, "console"}});
    write_console(block, shown.evidence.console);
  }
  block.outdent(2);
  if (!knows_keys_) block.line({{Tone::dim, std::string(keys)}});
  knows_keys_ = true;
  say(block.text());
}

void StepGuide::show_cookies(const View& view) {
  TextBlock block(style_);
  if (view.cookies.empty()) block.line({{Tone::plain, "no cookies"}});
  for (const drive::Cookie& cookie : view.cookies)
    block.line({{Tone::plain,
                 plain_line(around_.redactor.redact(fmt::format(
                     "{}={}; {}{}{}{}", cookie.name, around_.redactor.token_mask(cookie.name, cookie.value),
                     cookie.domain + cookie.path, cookie.secure ? "; Secure" : "", cookie.http_only ? "; HttpOnly" : "",
                     cookie.same_site.empty() ? "" : "; SameSite=" + cookie.same_site)))}},
               2);
  say(block.text());
}

void StepGuide::try_out(const std::string& text, const View& view) {
  const auto refuse = [&](const Error& error) {
    say(plain_text(around_.redactor.redact(error.what + (error.hint.empty() ? "" : "\n" + error.hint))) + "\n");
  };
  if (text.empty()) return say("write e and an expectation: e title = \"Dashboard\"\n");
  const auto expectations = typed_expectations(text, around_.project);
  if (!expectations) return refuse(expectations.error());
  auto failures = view.try_out(*expectations);
  if (!failures) return refuse(failures.error());
  if (failures->empty()) return say("it holds\n");
  record::StepResult judged;
  judged.failures = std::move(*failures);
  TextBlock block(style_);
  for (const record::Failure& failure : masked(view.planned, std::move(judged)).failures) {
    const words::FailureText said = words::failure_text(failure);
    block.line({{Tone::bad, fmt::format("{} does not hold", plain_line(said.key))}});
    block.indent(2);
    block.labelled(Tone::good, "expected", plain_text(said.expected));
    block.labelled(Tone::bad, "got", plain_text(said.got));
    block.outdent(2);
  }
  say(block.text());
}

std::optional<run::Guide::Answer> StepGuide::run_on(const std::string& line) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), number);
  if (!line.empty() && (error != std::errc() || end != line.data() + line.size() || number == 0)) {
    say("write b and the number of a line, or b alone to run to the first failure\n");
    return std::nullopt;
  }
  runs_to_ = number;
  return Answer::go_on;
}

std::optional<run::Guide::Answer> StepGuide::obey(const StepCommand& command, const View& view,
                                                  const record::StepResult& shown) {
  TextBlock block(style_);
  switch (command.key) {
  case ' ': return Answer::go_on;
  case 'r':
    if (view.may_repeat) return Answer::repeat;
    block.line({{Tone::plain, "there is no last step in this flow or scenario, so nothing is repeated"}});
    break;
  case 's': return Answer::skip;
  case 'q': around_.stop_run(); return Answer::quit;
  case 'b': return run_on(command.text);
  case 'e': try_out(command.text, view); return std::nullopt;
  case 'c': show_cookies(view); return std::nullopt;
  case 'p':
    if (shown.evidence.page) {
      write_page(block, *shown.evidence.page);
      write_words(block, *shown.evidence.page);
    } else {
      block.line({{Tone::plain, "no page is open"}});
    }
    break;
  case 'f':
    write_form(block, shown);
    if (block.text().empty()) block.line({{Tone::plain, "this step sends no form"}});
    break;
  case 'l':
    write_console(block, console_);
    if (block.text().empty()) block.line({{Tone::plain, "the console is empty"}});
    break;
  default: block.line({{Tone::plain, std::string(keys)}});
  }
  say(block.text());
  return std::nullopt;
}

run::Guide::Answer StepGuide::ask(const View& view) {
  const record::StepResult shown = masked(view.planned, view.step);
  console_.insert(console_.end(), shown.evidence.console.begin(), shown.evidence.console.end());
  show(view, shown);
  const auto asked = std::chrono::steady_clock::now();
  for (;;) {
    const auto line = terminal_.ask(prompt, around_.stop);
    if (!line && line.error().kind == ErrorKind::usage) {
      say(line.error().what + ", and this one has more; nothing is done\n");
      continue;
    }
    if (!line) {
      around_.stop_run();
      return Answer::quit;
    }
    const auto answer = obey(step_command(*line), view, shown);
    if (!answer) continue;
    const std::string waited =
        after_waiting(std::chrono::duration_cast<std::chrono::seconds>(std::chrono::steady_clock::now() - asked));
    if (!waited.empty()) say(waited + "\n");
    return *answer;
  }
}

} // namespace murphy::cli
