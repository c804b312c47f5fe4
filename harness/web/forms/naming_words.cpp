#include "web/forms/naming_words.h"

#include "base/text.h"
#include "base/work_limit.h"
#include "web/forms/naming.h"
#include "web/forms/naming_match.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::web {

std::unexpected<Error> not_found(std::string what, std::string hint) {
  return std::unexpected(Error{
      .kind = ErrorKind::target, .what = std::move(what), .hint = std::move(hint), .place = {}, .source_line = {}});
}

std::string as_hint(const std::vector<std::string>& lines) {
  std::vector<std::string> kept;
  for (const std::string& line : lines) {
    if (!line.empty()) kept.push_back(line);
  }
  return join(kept, "\n");
}

std::string in_quotes(std::string_view words) { return fmt::format("\"{}\"", ellipsize(one_line(words), 80)); }

std::string form_called(const Forms& forms, const Form& form) {
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    if (control.is_submit() && !control.words().empty()) return in_quotes(control.words());
  }
  if (!form.headings.empty()) return in_quotes(form.headings.front());
  for (const std::string* words : {&form.aria_label, &form.name, &form.id}) {
    if (!words->empty()) return in_quotes(*words);
  }
  return "without a name";
}

std::string form_line(const Forms& forms, const Form& form) { return form_summary(forms, form); }

// What a candidate is called, by which name it is sent, and what it is: `"Email": name "user[email]", type email`.
std::string control_line(const Control& control) {
  std::string line = in_quotes(control.shown_name());
  line += control.name.empty() ? std::string(": no name") : fmt::format(": name {}", in_quotes(control.name));
  if (!control.id.empty()) line += fmt::format(", id {}", in_quotes(control.id));
  line += fmt::format(", type {}", control.type);
  if (control.disabled) line += ", disabled";
  return line;
}

std::string list(std::string_view heading, const std::vector<std::string>& lines) {
  if (lines.empty()) return {};
  constexpr std::size_t most = 30;
  if (lines.size() <= most) return fmt::format("{}\n  {}", heading, join(lines, "\n  "));
  const std::vector<std::string> first(lines.begin(), lines.begin() + most);
  return fmt::format("{}\n  {}\n  and {} more", heading, join(first, "\n  "), lines.size() - most);
}

std::vector<std::vector<std::string>> button_names(const Control& control) {
  std::vector<std::string> shown = {control.words()};
  if (control.element.is("button")) shown.push_back(control.value);
  std::vector<std::string> said = {control.aria_label, control.title};
  said.insert(said.end(), control.labels.begin(), control.labels.end());
  return {std::move(shown), std::move(said), {control.name}, {control.id}};
}

bool does_the_same(const Control& left, const Control& right) {
  WorkLimit::count();
  const auto same = [&](std::string_view attribute) {
    return left.element.attribute(attribute) == right.element.attribute(attribute);
  };
  return left.form == right.form && left.name == right.name && left.value == right.value && left.type == right.type &&
         left.disabled == right.disabled && same("formaction") && same("formmethod") && same("formenctype");
}

std::vector<const Control*> buttons_without_effect(const Forms& forms, std::string_view words) {
  std::vector<const Control*> buttons;
  std::vector<Candidate> candidates;
  for (const Control& control : forms.controls) {
    if (!control.is_button() || (control.is_submit() && control.form)) continue;
    buttons.push_back(&control);
    candidates.push_back({button_names(control), true});
  }
  std::vector<const Control*> found;
  for (const std::size_t index : named(candidates, words)) found.push_back(buttons[index]);
  return found;
}

bool names_loose_button(const Forms& forms, std::string_view words) {
  return std::ranges::any_of(buttons_without_effect(forms, words),
                             [](const Control* button) { return button->is_submit(); });
}

std::vector<std::string> idle_buttons(const Forms& forms, std::string_view words) {
  std::vector<std::string> lines;
  for (const Control* each : buttons_without_effect(forms, words)) {
    const Control& button = *each;
    const std::string called = in_quotes(button.shown_name());
    if (button.is_submit())
      lines.push_back(fmt::format("the button {} belongs to no form", called));
    else if (button.type == "reset")
      lines.push_back(fmt::format("the button {} only resets its form", called));
    else
      lines.push_back(fmt::format(
          "the button {} has type=\"button\": it submits nothing itself, and Murphy runs no scripts", called));
  }
  return lines;
}

Result<void> check_pressable(const Control& button) {
  if (!button.disabled) return {};
  return not_found(fmt::format("the button {} is disabled", in_quotes(button.shown_name())),
                   "people cannot press it; Murphy runs no scripts that might enable it");
}

} // namespace murphy::web
