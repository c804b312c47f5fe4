#include "hostile_run.h"

#include "example_run.h"

namespace murphy::reports::example {

record::Run hostile_run() {
  const std::string text(hostile);
  std::vector<record::Event> events = rich();
  for (record::Event& event : events) {
    if (auto* started = std::get_if<record::RunStarted>(&event)) {
      started->target = started->hostname = started->project = text;
      started->origin = {.commit = "0123456789abcdef0123456789abcdef01234567",
                         .branch = text,
                         .is_dirty = true,
                         .base = text,
                         .folder = "",
                         .pull_request = text,
                         .build = text,
                         .build_url = "javascript:" + text,
                         .target_version = text};
      started->selection = {text};
      for (Shared<record::PlannedCase>& each : started->plan) {
        record::PlannedCase& planned = each.edit();
        planned.feature = planned.ticket = text;
        planned.name = text + planned.name.str();
        planned.tags = planned.requirements = planned.accounts = std::vector<std::string>{text};
        planned.place.file = "scenarios/" + text + ".toml";
      }
    }
    if (auto* finished = std::get_if<record::StepFinished>(&event)) {
      record::StepResult& step = finished->step;
      step.title = step.source_line = text;
      step.place.file = text;
      for (record::Failure& failure : step.failures) {
        failure.key = failure.subject = failure.part = failure.source_line = failure.wanted.text = text;
        failure.place.file = text;
        failure.got = record::got_text(text);
      }
      if (step.error) step.error->what = step.error->hint = text;
      for (record::Suspect& suspect : step.suspects) {
        suspect.cause = suspect.identifier = suspect.suggestion = suspect.advice = text;
        suspect.evidence = {{record::EvidenceSource::console, text}};
        record::CodePlace place;
        place.file = place.name = place.subject = text;
        suspect.places = {place};
      }
      for (record::Exchange& exchange : step.evidence.exchanges) {
        exchange.url += text;
        exchange.request_headers = {{text, text}};
        exchange.request_body = text;
        exchange.headers = {{"Content-Type", "text/html"}, {"Set-Cookie", "sid=" + text}};
        exchange.body = "<!doctype html><title>x</title>" + text;
      }
      if (auto& form = step.evidence.form) {
        form->name = form->action = form->method = text;
        for (record::FilledField& field : form->fields) field.label = field.name = field.value = field.type = text;
      }
      if (auto& page = step.evidence.page) {
        page->title = page->url = page->text = text;
        page->errors = {{{text}, text}};
      }
      step.evidence.console.push_back({.at = step.started, .text = text});
    }
  }
  return fold(events);
}

} // namespace murphy::reports::example
