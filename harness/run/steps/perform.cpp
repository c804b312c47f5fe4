#include "run/steps/perform.h"

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
    const auto field = scope_.resolve(filling.field);
    if (!field) return std::unexpected(field.error());
    resolved.field = std::string(field->reveal());
    if (const auto* ticked = std::get_if<bool>(&filling.value)) {
      resolved.value = *ticked;
    } else if (const auto* text = std::get_if<scenario::Text>(&filling.value)) {
      auto value = scope_.resolve(*text);
      if (!value) return std::unexpected(value.error());
      resolved.value = std::move(*value);
    } else {
      std::vector<Value> values;
      for (const scenario::Text& each : std::get<std::vector<scenario::Text>>(filling.value)) {
        auto value = scope_.resolve(each);
        if (!value) return std::unexpected(value.error());
        values.push_back(std::move(*value));
      }
      resolved.value = std::move(values);
    }
    result.push_back(std::move(resolved));
  }
  return result;
}

Visited Performer::operator()(const scenario::Open& open) {
  const auto url = scope_.resolve(open.url);
  if (!url) return cannot_act(url.error());
  return driver_.open(url->reveal(), limits_);
}

Visited Performer::operator()(const scenario::Submit& submit) {
  const auto form = scope_.resolve(submit.form);
  if (!form) return cannot_act(form.error());
  const auto with = fillings(submit.with);
  if (!with) return cannot_act(with.error());
  std::vector<std::pair<std::string, Value>> send;
  for (const auto& [name, text] : submit.send) {
    const auto key = scope_.resolve(name);
    if (!key) return cannot_act(key.error());
    auto value = scope_.resolve(text);
    if (!value) return cannot_act(value.error());
    send.emplace_back(key->reveal(), std::move(*value));
  }
  return driver_.submit(form->reveal(), *with, send, limits_);
}

Visited Performer::operator()(const scenario::Click& click) {
  const auto words = scope_.resolve(click.words);
  if (!words) return cannot_act(words.error());
  return driver_.click(words->reveal(), limits_);
}

Visited Performer::operator()(const scenario::Request& request) {
  drive::RawRequest raw;
  const auto method = scope_.resolve(request.method);
  if (!method) return cannot_act(method.error());
  raw.method = std::string(method->reveal());
  const auto url = scope_.resolve(request.url);
  if (!url) return cannot_act(url.error());
  raw.url = std::string(url->reveal());
  for (const auto& [name, text] : request.headers) {
    auto value = scope_.resolve(text);
    if (!value) return cannot_act(value.error());
    raw.headers.emplace_back(name, std::move(*value));
  }
  for (const auto& [name, text] : request.form) {
    auto key = scope_.resolve(name);
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
  return driver_.request(raw, limits_);
}

} // namespace murphy::run
