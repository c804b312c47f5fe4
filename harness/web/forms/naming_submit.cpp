#include "web/forms/naming.h"

#include "base/nearest.h"
#include "base/text.h"
#include "web/forms/naming_match.h"
#include "web/forms/naming_words.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace murphy::web {
namespace {

// The button that stands for a form which was named without one: its first that can be pressed.
const Control* default_button(const Forms& forms, const Form& form) {
  const Control* first = nullptr;
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    if (!control.is_submit()) continue;
    if (!control.disabled) return &control;
    if (first == nullptr) first = &control;
  }
  return first;
}

// Where one of several buttons is as good as another, the first stands for all.
void merge_equal(std::vector<SubmitTarget>& submits) {
  std::vector<SubmitTarget> kept;
  for (const SubmitTarget& submit : submits) {
    const bool known = std::ranges::any_of(kept, [&](const SubmitTarget& other) {
      return other.form == submit.form &&
             (other.button == submit.button ||
              (other.button && submit.button && does_the_same(*other.button, *submit.button)));
    });
    if (!known) kept.push_back(submit);
  }
  submits = std::move(kept);
}

std::vector<SubmitTarget> by_words(const Forms& forms, std::string_view words, Precision precision) {
  std::vector<SubmitTarget> submits;
  std::vector<Candidate> candidates;
  for (const Form& form : forms.forms) {
    for (const std::size_t index : form.controls) {
      const Control& control = forms.controls[index];
      if (!control.is_submit()) continue;
      submits.push_back({&form, &control});
      std::vector<std::string> names = {control.words(), control.aria_label, control.title};
      if (control.element.is("button")) names.push_back(control.value);
      candidates.push_back({{std::move(names), {}, {}, {control.name}, {control.id}}, !is_hidden(control.element)});
    }
    submits.push_back({&form, default_button(forms, form)});
    candidates.push_back({{{}, form.headings, {form.aria_label}, {form.name}, {form.id}}, !is_hidden(form.element)});
  }
  std::vector<SubmitTarget> picked;
  for (const std::size_t index : named(candidates, words, precision)) picked.push_back(submits[index]);
  return picked;
}

Result<std::vector<SubmitTarget>> matching_submits(const Forms& forms, std::string_view words, Precision precision) {
  const ExplicitName said = explicit_name(words);
  if (said.kind == ExplicitName::Kind::none) return by_words(forms, words, precision);
  std::optional<Selector> selector;
  if (said.kind == ExplicitName::Kind::selector) {
    auto parsed = Selector::parse(said.rest);
    if (!parsed) return std::unexpected(std::move(parsed.error()));
    selector = std::move(*parsed);
  }
  const auto goes_by = [&](Element element) {
    if (selector) return selector->matches(element);
    return element.attribute(said.kind == ExplicitName::Kind::name ? "name" : "id") == said.rest;
  };
  std::vector<SubmitTarget> picked;
  for (const Form& form : forms.forms) {
    if (goes_by(form.element)) picked.push_back({&form, default_button(forms, form)});
    for (const std::size_t index : form.controls) {
      const Control& control = forms.controls[index];
      if (control.is_submit() && goes_by(control.element)) picked.push_back({&form, &control});
    }
  }
  return picked;
}

std::vector<std::string> button_words(const Forms& forms) {
  std::vector<std::string> names;
  for (const Control& control : forms.controls) {
    if (control.is_submit() && control.form) names.push_back(control.words());
  }
  for (const Form& form : forms.forms) {
    names.insert(names.end(), form.headings.begin(), form.headings.end());
    names.insert(names.end(), {form.aria_label, form.name, form.id});
  }
  return names;
}

} // namespace

Result<SubmitTarget> find_submit(const Forms& forms, std::string_view words, std::span<const std::string> fields,
                                 Precision precision) {
  auto found = matching_submits(forms, words, precision);
  if (!found) return std::unexpected(std::move(found.error()));
  if (found->size() > 1 && !fields.empty()) {
    std::vector<SubmitTarget> owners = *found;
    std::erase_if(owners, [&](const SubmitTarget& submit) {
      return !std::ranges::all_of(
          fields, [&](const std::string& field) { return find_field(forms, *submit.form, field).has_value(); });
    });
    if (!owners.empty()) *found = std::move(owners);
  }
  merge_equal(*found);
  if (found->size() == 1) {
    const SubmitTarget& submit = found->front();
    if (submit.button) {
      if (auto pressable = check_pressable(*submit.button); !pressable)
        return std::unexpected(std::move(pressable.error()));
    }
    return submit;
  }
  std::vector<std::string> lines;
  if (found->size() > 1) {
    for (const SubmitTarget& submit : *found) {
      std::string line = form_line(forms, *submit.form);
      if (submit.button) line += fmt::format(", button {}", control_line(*submit.button));
      lines.push_back(std::move(line));
    }
    return not_found(fmt::format("{} could be {} forms or buttons", in_quotes(words), found->size()),
                     list("they are:", lines) + "\nselect one with id:…, name:… or a CSS selector");
  }
  for (const Form& form : forms.forms) lines.push_back(form_line(forms, form));
  std::vector<std::string> hint = {did_you_mean(words, button_words(forms))};
  for (std::string& line : idle_buttons(forms, words)) hint.push_back(std::move(line));
  hint.push_back(lines.empty() ? "the page has no forms" : list("the page's forms are:", lines));
  return not_found(fmt::format("the page has no form {}", in_quotes(words)), as_hint(hint));
}

} // namespace murphy::web
