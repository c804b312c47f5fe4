// What the steps say by which people sign in: the page and the forms they go through, and every text of theirs.
#pragma once

#include "scenario/model.h"

#include <type_traits>
#include <variant>
#include <vector>

namespace murphy::scenario {

// The address of the first page that the steps open; null when they open none.
const Text* first_page(const AppFlow& flow);

// The page where the app's `sign_in` begins; null when it opens none, or is not described.
const Text* sign_in_page(const App& app);

// The form that a visitor is asked to fill in first, and the one that takes the password (the last one, when no step
// names a password); null when the steps submit none.
const Submit* first_form(const AppFlow& flow);
const Submit* password_form(const AppFlow& flow);

// Whether a part of a text is a property of whoever signs in, and whether that is a password or another secret.
bool is_of_user(const Text::Part& part);
bool is_password_of_user(const Text::Part& part);

// Hands `act` every text of a verb, in the order in which they are used. `AVerb` may be const.
template <class AVerb, class Act> void for_each_text_of(AVerb& verb, Act& act) {
  using Kind = std::remove_const_t<AVerb>;
  if constexpr (std::is_same_v<Kind, Open>) {
    act(verb.url);
  } else if constexpr (std::is_same_v<Kind, Click>) {
    act(verb.words);
  } else if constexpr (std::is_same_v<Kind, Submit>) {
    act(verb.form);
    for (auto& filling : verb.with) {
      act(filling.field);
      if (auto* text = std::get_if<Text>(&filling.value)) act(*text);
      if (auto* texts = std::get_if<std::vector<Text>>(&filling.value))
        for (auto& each : *texts) act(each);
    }
    for (auto& [name, value] : verb.send)
      if (auto* text = std::get_if<Text>(&value)) act(*text);
  } else if constexpr (std::is_same_v<Kind, Request>) {
    act(verb.url);
    for (auto& [name, value] : verb.headers) act(value);
    if (verb.body) act(*verb.body);
    if (verb.json) act(*verb.json);
    for (auto& [name, value] : verb.form) act(value);
  } else if constexpr (std::is_same_v<Kind, Authorize>) {
    if (verb.with) {
      act(verb.with->user);
      act(verb.with->secret);
    }
  } else if constexpr (std::is_same_v<Kind, SetHeaders>) {
    for (auto& [name, value] : verb.headers) act(value);
  } else if constexpr (std::is_same_v<Kind, SetCookies>) {
    for (auto& [name, value] : verb.cookies)
      if (value) act(*value);
  }
}

// The same for the steps of a flow. `Steps` may be const.
template <class Steps, class Act> void for_each_text(Steps& steps, Act&& act) {
  for (auto& step : steps) std::visit([&](auto& verb) { for_each_text_of(verb, act); }, step.verb);
}

} // namespace murphy::scenario
