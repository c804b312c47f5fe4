#include "scenario/app_flow.h"

#include "base/sign_in_words.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

constexpr std::string_view of_user = "user.";

template <class Kind> const Kind* first_of(const AppFlow& flow) {
  for (const Step& step : flow.steps) {
    if (const auto* found = std::get_if<Kind>(&step.verb)) return found;
  }
  return nullptr;
}

bool takes_password(const Submit& submit) {
  bool takes = false;
  const auto look = [&](const Text& text) { takes = takes || std::ranges::any_of(text.parts(), is_password_of_user); };
  for_each_text_of(submit, look);
  return takes;
}

} // namespace

const Text* first_page(const AppFlow& flow) {
  const Open* open = first_of<Open>(flow);
  return open ? &open->url : nullptr;
}

const Text* sign_in_page(const App& app) { return app.sign_in ? first_page(*app.sign_in) : nullptr; }

const Submit* first_form(const AppFlow& flow) { return first_of<Submit>(flow); }

const Submit* password_form(const AppFlow& flow) {
  const Submit* last = nullptr;
  for (const Step& step : flow.steps) {
    const auto* submit = std::get_if<Submit>(&step.verb);
    if (submit && takes_password(*submit)) return submit;
    if (submit) last = submit;
  }
  return last;
}

bool is_of_user(const Text::Part& part) { return part.reference && part.text.starts_with(of_user); }

bool is_password_of_user(const Text::Part& part) {
  return is_of_user(part) && names_a_secret(part.text.substr(of_user.size()));
}

} // namespace murphy::scenario
