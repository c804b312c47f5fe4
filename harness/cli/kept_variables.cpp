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

bool has_written_secret(const scenario::Filling& filling) {
  if (!is_secret_name(filling.field.source)) return false;
  const auto* text = std::get_if<Text>(&filling.value);
  return text != nullptr && has_literal(*text);
}

bool is_written_secret(const std::string& name, const Text& value) {
  return is_secret_name(name) && has_literal(value);
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
  return has_one;
}

} // namespace murphy::cli
