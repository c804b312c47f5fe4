#include "cli/kept_variables.h"

#include "base/sign_in_words.h"
#include "base/text.h"
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

bool is_secret_name(std::string_view name) {
  return imported::names_a_password(name) || imported::names_a_code(name) || names_a_secret(name);
}

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

bool has_literal(const Text& text) {
  return std::ranges::any_of(
      text.parts, [](const Text::Part& part) { return !part.reference && (part.sealed || !trim(part.text).empty()); });
}

// Only the page knows which of its fields hide what is typed, and its words for them may be any. But what people sign
// in with is no secret.
bool may_be_secret(std::string_view field) { return is_secret_name(field) || !imported::names_a_login(field); }

bool has_written_secret(const scenario::Filling& filling) {
  const auto* text = std::get_if<Text>(&filling.value);
  return text != nullptr && may_be_secret(filling.field.source) && has_literal(*text);
}

bool is_written_secret(const std::string& name, const Text& value) { return may_be_secret(name) && has_literal(value); }

// The texts that a step fills in where a secret may go.
void for_each_hidden_text(const scenario::Step& step, const TakeText& take) {
  const auto take_all = [&](const std::vector<scenario::Filling>& fillings) {
    for (const scenario::Filling& filling : fillings)
      if (const auto* text = std::get_if<Text>(&filling.value); text != nullptr && may_be_secret(filling.field.source))
        take(*text);
  };
  if (const auto* submit = std::get_if<scenario::Submit>(&step.verb)) take_all(submit->with);
  if (const auto* validate = std::get_if<scenario::Validate>(&step.verb)) take_all(validate->valid);
  if (const auto* use = std::get_if<scenario::Use>(&step.verb))
    for (const auto& [name, text] : use->with)
      if (may_be_secret(name)) take(text);
}

// Whether one of the texts names something that `is_written` has a secret for.
bool names_written(const scenario::Step& step, const std::function<bool(std::string_view)>& is_written) {
  bool found = false;
  for_each_hidden_text(step, [&](const Text& text) {
    for (const Text::Part& part : text.parts) found = found || (part.reference && is_written(part.text));
  });
  return found;
}

bool has_column(const scenario::Scenario& scenario, std::string_view name) {
  return std::ranges::any_of(scenario.examples, [&](const scenario::Example& row) {
    const auto column = row.columns.find(std::string(name));
    return column != row.columns.end() && has_literal(column->second);
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
           has_literal(property->second.text);
  });
}

// Behind the scheme, such as "Bearer".
bool has_written_credentials(const scenario::AuthorizationText& authorization) {
  if (authorization.scheme != Authorization::Scheme::as_written) return has_literal(authorization.secret);
  Text credentials = authorization.secret;
  if (!credentials.parts.empty() && !credentials.parts.front().reference && !credentials.parts.front().sealed) {
    std::string& first = credentials.parts.front().text;
    if (const std::size_t scheme = first.find(' '); scheme != std::string::npos) first.erase(0, scheme);
  }
  return has_literal(credentials);
}

bool has_written_secret(const scenario::Step& step) {
  if (const auto* submit = std::get_if<scenario::Submit>(&step.verb))
    return std::ranges::any_of(submit->with, [](const auto& each) { return has_written_secret(each); });
  if (const auto* validate = std::get_if<scenario::Validate>(&step.verb))
    return std::ranges::any_of(validate->valid, [](const auto& each) { return has_written_secret(each); }) ||
           std::ranges::any_of(validate->fields, [](const scenario::FieldRules& rules) {
             return is_secret_name(rules.field.source) && !(rules.accepts.empty() && rules.rejects.empty());
           });
  if (const auto* authorize = std::get_if<scenario::Authorize>(&step.verb))
    return authorize->with && has_written_credentials(*authorize->with);
  // Whatever goes out in a header may be a key.
  const auto has_any = [](const auto& headers) {
    return std::ranges::any_of(headers, [](const auto& each) { return has_literal(each.second); });
  };
  if (const auto* set = std::get_if<scenario::SetHeaders>(&step.verb)) return has_any(set->headers);
  if (const auto* request = std::get_if<scenario::Request>(&step.verb))
    return has_any(request->headers) || std::ranges::any_of(request->form, [](const auto& each) {
             return is_written_secret(each.first.source, each.second);
           });
  if (const auto* set = std::get_if<scenario::SetCookies>(&step.verb))
    return std::ranges::any_of(set->cookies, [](const auto& each) { return each.second && has_literal(*each.second); });
  if (const auto* use = std::get_if<scenario::Use>(&step.verb))
    return std::ranges::any_of(use->with, [](const auto& each) { return is_written_secret(each.first, each.second); });
  return false;
}

} // namespace

std::set<std::string> kept_variables(const std::set<std::string>& given, const std::vector<std::string>& texts,
                                     const std::vector<scenario::Feature>& features) {
  std::map<std::string, std::size_t> plain;
  std::set<std::string> kept = given;
  std::set<std::tuple<std::string, std::size_t, std::size_t>> seen; // a flow has several users
  const auto take = [&](const Text& text) {
    if (!seen.emplace(text.place.file, text.place.line, text.place.column).second) return;
    std::string_view before;
    for (const Text::Part& part : text.parts) {
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
    for (const std::string& text : texts) all += count(text, name);
    return is_secret_name(name) || all != plain[name];
  });
  return kept;
}

bool has_written_secret(const scenario::Feature& feature) {
  bool has_one = false;
  for_each_step(feature, [&](const scenario::Step& step) { has_one = has_one || has_written_secret(step); });
  return has_one || std::ranges::any_of(feature.scenarios, [](const scenario::Scenario& each) {
           const auto is_column = [&](std::string_view name) { return has_column(each, name); };
           return std::ranges::any_of(each.steps,
                                      [&](const scenario::Step& step) { return names_written(step, is_column); });
         });
}

bool has_written_secret(const scenario::Project& project, const std::vector<scenario::Feature>& features) {
  bool has_one = false;
  const auto is_property = [&](std::string_view name) { return has_property(project, name); };
  const auto look = [&](const scenario::Step& step) { has_one = has_one || names_written(step, is_property); };
  for_each_step_of_app(project.app, [&](const scenario::Step& step) {
    has_one = has_one || has_written_secret(step);
    look(step);
  });
  for (const scenario::Feature& feature : features) for_each_step(feature, look);
  return has_one;
}

} // namespace murphy::cli
