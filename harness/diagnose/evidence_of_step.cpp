#include "diagnose/evidence_of_step.h"

#include "base/text.h"
#include "record/html_entities.h"

#include <algorithm>

namespace murphy::diagnose {

namespace {

// The text of a page, roughly: enough to find messages in, not to judge what is shown. What is not HTML stays.
std::string text_of(std::string_view body) {
  if (!trim(body).starts_with('<')) return std::string(body);
  std::string text;
  for (std::size_t i = 0; i < body.size();) {
    if (body[i] == '<') {
      const std::string_view rest = body.substr(i);
      std::string_view until = ">";
      if (rest.starts_with("<!--")) until = "-->";
      if (equal_ignoring_ascii_case(rest.substr(0, 7), "<script")) until = "</script>";
      if (equal_ignoring_ascii_case(rest.substr(0, 6), "<style")) until = "</style>";
      const std::size_t end = rest.find(until);
      if (end == std::string_view::npos) break;
      i += end + until.size();
      if (!text.empty() && text.back() != '\n') text += '\n';
      continue;
    }
    if (body[i] == '&') {
      const std::size_t end = body.find(';', i);
      if (end != std::string_view::npos && end - i < 10) {
        const std::string_view name = body.substr(i + 1, end - i - 1);
        const auto character =
            name == "#x27" || name == "#39" ? std::optional<char32_t>(U'\'') : record::html_entity(name);
        if (character) {
          append_utf8(text, *character);
          i = end + 1;
          continue;
        }
      }
    }
    text += body[i++];
  }
  return text;
}

std::string path_of(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return std::string(url);
  const std::size_t slash = url.find('/', scheme + 3);
  return slash == std::string_view::npos ? "/" : std::string(url.substr(slash, url.find('?', slash) - slash));
}

bool is_of_sign_in(record::Reason reason) {
  return reason != record::Reason::probe && reason != record::Reason::control && reason != record::Reason::ready;
}

} // namespace

Evidence evidence_of(std::span<const record::StepResult> steps, const std::string& id) {
  Evidence evidence;
  evidence.id = id;
  for (const record::StepResult& step : steps) {
    for (const record::Exchange& exchange : step.evidence.exchanges) {
      if (!is_of_sign_in(exchange.reason)) continue;
      evidence.exchanges.push_back({exchange.method, path_of(exchange.url), exchange.status, exchange.error});
      if (const std::string* location = record::find_header(exchange.headers, "Location"))
        evidence.locations.push_back(*location);
    }
    if (step.evidence.form) {
      evidence.fields.clear();
      for (const record::FilledField& field : step.evidence.form->fields) evidence.fields.push_back(field.name);
    }
  }
  if (steps.empty()) return evidence;
  const record::StepResult& failed = steps.back();
  evidence.step = failed.title;
  if (failed.evidence.page) evidence.errors = failed.evidence.page->errors;
  if (!failed.evidence.exchanges.empty()) evidence.page = text_of(failed.evidence.exchanges.back().body);
  for (const record::ConsoleLine& line : failed.evidence.console) evidence.console.push_back(line.text);
  return evidence;
}

} // namespace murphy::diagnose
