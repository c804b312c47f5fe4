#include "reports/html_step.h"

#include "base/cut_mask.h"
#include "base/hash.h"
#include "base/text.h"
#include "reports/evidence_text.h"
#include "reports/html_evidence.h"
#include "reports/html_text.h"
#include "reports/plain_text.h"
#include "reports/step_text.h"
#include "words/failure_text.h"
#include "words/note_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

using record::Outcome;

constexpr std::size_t longest_part = 4'000; // bytes of expected, got and hint
constexpr std::size_t most_failures = 60;

const ConsoleStyle step_style{.colour = false, .live = false, .unicode = true, .width = 100};

std::string value(std::string_view words, std::string_view text) {
  if (text.empty()) return {};
  return fmt::format("<dt>{}</dt><dd>{}</dd>\n", words,
                     html_text(without_mask_cut_at_end(utf8_prefix(text, longest_part))));
}

std::string source(std::string_view line, const Place& place) {
  TextBlock block(step_style);
  write_source(block, line, place);
  if (block.text().empty()) return {};
  return fmt::format("<pre class=\"source\" tabindex=\"0\">{}</pre>\n", html_text(block.text()));
}

std::string failure_of(const record::StepResult& step, const record::Failure& failure) {
  const words::FailureText text = words::failure_text(failure);
  const Place& place = failure.place.file.empty() ? step.place : failure.place;
  return fmt::format("<div class=\"failure\"><p><b>{}</b> {}</p>\n", html_line(place_text(place)),
                     html_line(text.key)) +
         source(failure.source_line, place) + "<dl>\n" +
         value("expected", text.expected.empty() ? "(nothing)" : text.expected) +
         value("got", text.got.empty() ? "(nothing)" : text.got) + value("hint", text.hint) + "</dl></div>\n";
}

std::string error_of(const record::StepResult& step, const Error& error) {
  const bool has_place = !error.place.file.empty();
  const Place& place = has_place ? error.place : step.place;
  return fmt::format("<div class=\"failure\"><p><b>{}</b> could not be judged</p>\n", html_line(place_text(place))) +
         source(has_place ? error.source_line : step.source_line, place) + "<dl>\n" + value("because", error.what) +
         value("hint", error.hint) + "</dl></div>\n";
}

// The answer that the page of the evidence is.
const record::Exchange* last_answer(const record::Evidence& evidence) {
  const auto own = record::own_exchanges(evidence.exchanges);
  return own.empty() ? nullptr : own.back();
}

std::string frame(const record::Evidence& evidence, PagesShown& pages) {
  const record::Exchange* answer = last_answer(evidence);
  if (answer == nullptr || answer->body.empty()) return {};
  const std::string markup = html_frame(*answer);
  if (markup.empty()) return {};
  const std::string digest = hex_digest(Hash::sha256, answer->body).substr(0, 16);
  const auto [shown, is_new] = pages.try_emplace(digest, "page-" + digest);
  if (!is_new) return fmt::format("<p><a href=\"#{}\">The page looked the same before</a></p>\n", shown->second);
  return fmt::format("<div id=\"{}\">{}</div>\n", shown->second, markup);
}

std::string evidence_of(const record::Evidence& evidence, record::Instant from, std::string_view target,
                        StepDetail detail, PagesShown& pages) {
  std::string text;
  if (evidence.validation) text += html_validation(*evidence.validation);
  text += html_requests(evidence.exchanges, target);
  if (evidence.form) text += html_form(*evidence.form);
  text += html_cookies(evidence.exchanges);
  if (evidence.page) text += html_page(*evidence.page);
  if (detail == StepDetail::whole) text += frame(evidence, pages);
  text += html_console(evidence.console, from);
  if (evidence.probes) text += html_probes(*evidence.probes);
  return text + html_curl(evidence.exchanges);
}

std::string_view sign(Outcome outcome) {
  switch (outcome) {
  case Outcome::passed: return "<span class=\"good\">✓ passed</span>";
  case Outcome::failed: return "<span class=\"bad\">✗ failed</span>";
  case Outcome::error: return "<span class=\"doubt\">! not judged</span>";
  case Outcome::skipped: return "<span class=\"dim\">– skipped</span>";
  case Outcome::not_run: break;
  }
  return "<span class=\"dim\">– not run</span>";
}

} // namespace

std::string html_step(const record::StepResult& step, std::size_t number, std::string_view target, StepDetail detail,
                      PagesShown& pages) {
  const bool is_trouble = is_red(step.outcome);
  std::string body;
  for (std::size_t i = 0; i < std::min(step.failures.size(), most_failures); ++i)
    body += failure_of(step, step.failures[i]);
  if (step.failures.size() > most_failures)
    body += fmt::format("<p class=\"dim\">{} more failures omitted</p>\n", step.failures.size() - most_failures);
  if (step.error) body += error_of(step, *step.error);
  if (const std::string note = words::note_text(step.note); !note.empty())
    body += fmt::format("<p class=\"dim\">{}</p>\n", html_line(note));
  for (const std::string& line : disclosures(step.evidence))
    body += fmt::format("<p class=\"doubt\">{}</p>\n", html_line(line));
  for (const record::EarlierStep& earlier : step.earlier) {
    std::string more = evidence_of(earlier.evidence, step.started, target, StepDetail::evidence, pages);
    body += html_details("Earlier step: " + html_line(earlier.title), more, Fold::closed);
  }
  body += evidence_of(step.evidence, step.started, target, is_trouble ? detail : StepDetail::evidence, pages);
  const std::string head = fmt::format("{} {} {} <span class=\"dim\">{}</span>", number, sign(step.outcome),
                                       html_line(step.title), duration_text(step.duration, step_style));
  if (body.empty()) return fmt::format("<p class=\"step\">{}</p>\n", head);
  return "<div class=\"step\">" + html_details(head, body, is_trouble ? Fold::open : Fold::closed) + "</div>\n";
}

} // namespace murphy::reports
