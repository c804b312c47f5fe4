#include "cli/kept_variables.h"

#include "base/text.h"
#include "cli/sent_texts.h"
#include "imported/secret_fields.h"

#include <algorithm>
#include <functional>
#include <map>
#include <tuple>
#include <utility>

namespace murphy::cli {
namespace {

using scenario::Text;
using TakeText = std::function<void(const Text&)>;
using TakeStep = std::function<void(const scenario::Step&)>;

void for_each_step(const std::vector<scenario::Step>& steps, const TakeStep& take) {
  for (const scenario::Step& step : steps) {
    take(step);
    if (const auto* use = std::get_if<scenario::Use>(&step.verb)) for_each_step(use->flow->steps, take);
    if (const auto* validate = std::get_if<scenario::Validate>(&step.verb); validate != nullptr && validate->before)
      for_each_step(validate->before->steps, take);
  }
}

void for_each_step(const scenario::Feature& feature, const TakeStep& take) {
  for (const scenario::Scenario& each : feature.scenarios) {
    for_each_step(each.steps, take);
    for_each_step(each.cleanup, take);
  }
}

void for_each_step_of_app(const scenario::App& app, const TakeStep& take) {
  if (app.sign_in) for_each_step(app.sign_in->steps, take);
  for (const auto& [name, flow] : app.sign_in_by) for_each_step(flow.steps, take);
  if (app.sign_out) for_each_step(app.sign_out->steps, take);
}

void take_matcher(const scenario::Matcher& matcher, const TakeText& take) {
  take(matcher.text);
  if (matcher.negated) take_matcher(*matcher.negated, take);
}

// Addresses, and texts that pages are to show.
void for_each_plain_text(const scenario::Step& step, const TakeText& take) {
  if (const auto* open = std::get_if<scenario::Open>(&step.verb)) take(open->url);
  if (const auto* request = std::get_if<scenario::Request>(&step.verb)) take(request->url);
  for (const scenario::Expectation& each : step.expect) {
    if (const auto* text = std::get_if<scenario::ExpectText>(&each.is))
      for (const scenario::Matcher& matcher : text->texts) take_matcher(matcher, take);
  }
}

// Whether the parameter of an address that this ends with is one for a secret: "/reset?password=".
bool ends_with_secret_parameter(std::string_view address) {
  if (!address.ends_with('=')) return false;
  address.remove_suffix(1);
  return is_secret_name(address.substr(address.find_last_of("?&#;") + 1));
}

// How often a text speaks of a variable: ${word}, ${url:word}.
std::size_t count(std::string_view text, const std::string& word) {
  std::size_t found = 0;
  const auto is_part = [](char c) { return is_alphanumeric(c) || c == '_' || c == '-' || c == '.'; };
  for (std::size_t at = 0; (at = text.find(word, at)) != std::string_view::npos; at += word.size()) {
    const std::size_t end = at + word.size();
    const std::size_t before = text.substr(0, at).find_last_not_of(" \t");
    if (before == std::string_view::npos || (end < text.size() && is_part(text[end]))) continue;
    if (text[before] == ':' || (text[before] == '{' && before > 0 && text[before - 1] == '$')) ++found;
  }
  return found;
}

bool has_literal(const std::vector<Text::Part>& parts) {
  return std::ranges::any_of(
      parts, [](const Text::Part& part) { return !part.reference && (part.sealed || !trim(part.text).empty()); });
}

// Only the page knows which of its fields hide what is typed, and its words for them may be any. But what people sign
// in with is no secret.
bool may_be_secret(const SentText& sent) { return is_secret_name(sent.name) || !imported::names_a_login(sent.name); }

bool has_written_secret(const std::vector<SentText>& texts) {
  return std::ranges::any_of(texts,
                             [](const SentText& each) { return may_be_secret(each) && has_literal(each.parts); });
}

// Whether one of the texts names something that `is_written` has a secret for.
bool names_written(const std::vector<SentText>& texts, const std::function<bool(std::string_view)>& is_written) {
  return std::ranges::any_of(texts, [&](const SentText& each) {
    return may_be_secret(each) && std::ranges::any_of(each.parts, [&](const Text::Part& part) {
             return part.reference && is_written(part.text);
           });
  });
}

bool has_column(const scenario::Scenario& scenario, std::string_view name) {
  return std::ranges::any_of(scenario.examples, [&](const scenario::Example& row) {
    const auto column = row.columns.find(name);
    return column != row.columns.end() && has_literal(column->second.parts());
  });
}

// Of a property such as "ada.word" or "user.word", whoever "user" is. One that is called a password is a secret that
// the redactor knows.
bool has_property(const scenario::Project& project, std::string_view reference) {
  const std::size_t dot = reference.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string name(reference.substr(dot + 1));
  return std::ranges::any_of(project.users, [&](const auto& user) {
    const auto property = user.second.properties.find(name);
    return property != user.second.properties.end() && property->second.from == scenario::Setting::From::text &&
           has_literal(property->second.text.parts());
  });
}

} // namespace

std::set<std::string> kept_variables(const std::set<std::string>& given, const std::vector<ClearText>& texts,
                                     const std::vector<scenario::Feature>& features) {
  std::map<std::string, std::size_t> plain;
  std::set<std::string> kept = given;
  std::set<std::tuple<std::string, std::size_t, std::size_t>> seen; // a flow has several users
  const auto take = [&](const Text& text) {
    if (!seen.emplace(text.place.file, text.place.line, text.place.column).second) return;
    std::string_view before;
    for (const Text::Part& part : text.parts()) {
      if (part.reference) {
        ++plain[part.text];
        if (ends_with_secret_parameter(before)) kept.erase(part.text);
      }
      before = part.reference ? std::string_view() : std::string_view(part.text);
    }
  };
  for (const scenario::Feature& feature : features)
    for_each_step(feature, [&](const scenario::Step& step) { for_each_plain_text(step, take); });
  std::erase_if(kept, [&](const std::string& name) {
    std::size_t all = 0;
    for (const ClearText& text : texts) all += count(text.view(), name);
    return is_secret_name(name) || all != plain[name];
  });
  return kept;
}

bool has_written_secret(const scenario::Feature& feature) {
  bool has_one = false;
  for (const scenario::Scenario& each : feature.scenarios) {
    const auto is_column = [&](std::string_view name) { return has_column(each, name); };
    const auto look = [&](const scenario::Step& step) {
      const std::vector<SentText> texts = sent_texts(step);
      has_one = has_one || has_written_secret(texts) || names_written(texts, is_column);
    };
    for_each_step(each.steps, look);
    for_each_step(each.cleanup, look);
  }
  return has_one;
}

bool has_written_secret(const scenario::Project& project, const std::vector<scenario::Feature>& features) {
  const auto is_property = [&](std::string_view name) { return has_property(project, name); };
  bool has_one = false;
  const auto look_for_properties = [&](const std::vector<SentText>& texts) {
    has_one = has_one || names_written(texts, is_property);
  };
  const auto look = [&](const std::vector<SentText>& texts) {
    has_one = has_one || has_written_secret(texts);
    look_for_properties(texts);
  };
  for (const scenario::Target& target : project.targets) look(sent_texts(target));
  for_each_step_of_app(project.app, [&](const scenario::Step& step) { look(sent_texts(step)); });
  for (const scenario::Feature& feature : features)
    for_each_step(feature, [&](const scenario::Step& step) { look_for_properties(sent_texts(step)); });
  return has_one;
}

} // namespace murphy::cli
