#include "run/steps/perform.h"

#include "run/shared/field_value.h"
#include "run/steps/csrf.h"

namespace murphy::run {
namespace {

using drive::Visited;

// A text that cannot be resolved: Murphy cannot act, and nothing was sent.
Visited cannot_act(Error error) {
  drive::Obstacle obstacle;
  obstacle.kind = drive::Obstacle::Kind::unable;
  obstacle.error = std::move(error);
  return std::unexpected(std::move(obstacle));
}

} // namespace

Result<std::vector<drive::Filling>> Performer::fillings(const std::vector<scenario::Filling>& with) {
  std::vector<drive::Filling> result;
  for (const scenario::Filling& filling : with) {
    drive::Filling resolved;
    auto field = scope_.resolve_words(filling.field);
    if (!field) return std::unexpected(field.error());
    resolved.field = std::move(*field);
    auto value = field_value(filling.value, scope_);
    if (!value) return std::unexpected(value.error());
    resolved.value = std::move(*value);
    result.push_back(std::move(resolved));
  }
  return result;
}

Visited Performer::operator()(const scenario::Open& open) {
  const auto url = scope_.resolve_words(open.url);
  if (!url) return cannot_act(url.error());
  return driver_.open(*url, limits_);
}

Result<Performer::ResolvedForm> Performer::resolved(const scenario::Submit& submit) {
  ResolvedForm form;
  auto words = scope_.resolve_words(submit.form);
  if (!words) return std::unexpected(words.error());
  form.words = std::move(*words);
  auto with = fillings(submit.with);
  if (!with) return std::unexpected(with.error());
  form.with = std::move(*with);
  for (const auto& [name, sent] : submit.send) {
    const auto key = scope_.resolve_words(name);
    if (!key) return std::unexpected(key.error());
    if (const auto* text = std::get_if<scenario::Text>(&sent)) {
      auto value = scope_.resolve(*text);
      if (!value) return std::unexpected(value.error());
      form.send.emplace_back(*key, std::move(*value));
      continue;
    }
    auto chosen = files(std::get<scenario::Upload>(sent));
    if (!chosen) return std::unexpected(chosen.error());
    for (drive::File& file : *chosen) form.send.emplace_back(*key, std::move(file));
  }
  return form;
}

Visited Performer::operator()(const scenario::Submit& submit) {
  auto form = resolved(submit);
  if (!form) return cannot_act(std::move(form.error()));
  return driver_.submit(form->words, form->with, form->send, limits_);
}

std::expected<record::FilledForm, drive::Obstacle> Performer::preview(const scenario::Submit& submit) {
  auto form = resolved(submit);
  if (!form) return std::unexpected(cannot_act(std::move(form.error())).error());
  return driver_.preview(form->words, form->with, form->send);
}

Visited Performer::operator()(const scenario::Click& click) {
  const auto words = scope_.resolve_words(click.words);
  if (!words) return cannot_act(words.error());
  return driver_.click(*words, limits_);
}

Visited Performer::operator()(const scenario::Request& request) {
  drive::RawRequest raw;
  raw.as = request.as;
  auto method = scope_.resolve_words(*request.method);
  if (!method) return cannot_act(method.error());
  raw.method = std::move(*method);
  auto url = scope_.resolve_words(request.url);
  if (!url) return cannot_act(url.error());
  raw.url = std::move(*url);
  for (const auto& [name, text] : request.headers) {
    auto value = scope_.resolve(text);
    if (!value) return cannot_act(value.error());
    raw.headers.emplace_back(name, std::move(*value));
  }
  for (const auto& [name, text] : request.form) {
    auto key = scope_.resolve_words(name);
    if (!key) return cannot_act(key.error());
    auto value = scope_.resolve(text);
    if (!value) return cannot_act(value.error());
    raw.form.emplace_back(std::move(*key), std::move(*value));
  }
  if (request.body || request.json) {
    auto body = request.json ? scope_.resolve_json(*request.json) : scope_.resolve(*request.body);
    if (!body) return cannot_act(body.error());
    raw.body = std::move(*body);
    if (request.json) raw.content_type = "application/json";
  }
  if (!request.csrf) return driver_.request(raw, limits_);
  std::vector<record::Exchange> before;
  auto token = csrf_token(*request.csrf, raw, driver_, scope_, limits_, before);
  if (!token) return std::unexpected(std::move(token.error()));
  if (*token) raw.headers.emplace_back(request.csrf->header, std::move(**token));
  drive::Visited visited = driver_.request(raw, limits_);
  auto& exchanges = visited ? visited->exchanges : visited.error().exchanges;
  exchanges.insert(exchanges.begin(), std::make_move_iterator(before.begin()), std::make_move_iterator(before.end()));
  return visited;
}

} // namespace murphy::run
