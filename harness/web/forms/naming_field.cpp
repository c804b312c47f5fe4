#include "web/forms/naming.h"

#include "base/label.h"
#include "base/nearest.h"
#include "base/text.h"
#include "base/work_limit.h"
#include "web/forms/constraints.h"
#include "web/forms/naming_match.h"
#include "web/forms/naming_words.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"

#include <fmt/format.h>

#include <algorithm>

namespace murphy::web {
namespace {

// The fields of a form, a group of radio buttons or of checkboxes with one name being one of them.
struct FieldUnit {
  Field controls;
  Candidate candidate;
};

Candidate field_candidate(const Control& control) {
  const bool is_of_page = control.type == "hidden";
  Candidate candidate;
  candidate.visible = !is_of_page && !is_hidden(control.element);
  candidate.ranks.resize(6);
  if (!is_of_page) {
    candidate.ranks[0] = control.labels;
    candidate.ranks[1].push_back(control.aria_label);
    candidate.ranks[2].push_back(control.placeholder);
  }
  candidate.ranks[3].push_back(control.name);
  candidate.ranks[4].push_back(control.id);
  if (!is_of_page) candidate.ranks[5].push_back(control.autocomplete);
  return candidate;
}

std::vector<FieldUnit> field_units(const std::vector<const Control*>& controls) {
  std::vector<FieldUnit> units;
  for (const Control* control : controls) {
    if (control->is_button()) continue;
    const bool tickable = (control->type == "radio" || control->type == "checkbox") && !control->name.empty();
    if (!tickable) {
      units.push_back({{control}, field_candidate(*control)});
      continue;
    }
    const auto group = std::ranges::find_if(units, [&](const FieldUnit& unit) {
      WorkLimit::count();
      return unit.controls.front()->type == control->type && unit.controls.front()->name == control->name;
    });
    if (group == units.end())
      units.push_back({{control}, {}});
    else
      group->controls.push_back(control);
  }
  for (FieldUnit& unit : units) {
    const Control& first = *unit.controls.front();
    if (first.type != "radio" && first.type != "checkbox") continue;
    const bool one = unit.controls.size() == 1;
    if (first.type == "checkbox" && one) {
      unit.candidate = field_candidate(first);
      continue;
    }
    const bool visible =
        std::ranges::any_of(unit.controls, [](const Control* control) { return !is_hidden(control->element); });
    std::vector<std::string> ids;
    if (one) ids = {first.id};
    unit.candidate = {{{first.group}, {}, {}, {first.name}, std::move(ids)}, visible};
  }
  return units;
}

// Radio buttons, and checkboxes that share a name, by their own labels.
std::vector<FieldUnit> single_units(const std::vector<const Control*>& controls) {
  std::vector<FieldUnit> units;
  for (const Control* control : controls) {
    if (control->type == "radio" || control->type == "checkbox")
      units.push_back({{control}, field_candidate(*control)});
  }
  return units;
}

std::vector<FieldUnit> pick(std::vector<FieldUnit> units, std::string_view words) {
  std::vector<Candidate> candidates;
  candidates.reserve(units.size());
  for (FieldUnit& unit : units) candidates.push_back(std::move(unit.candidate));
  std::vector<FieldUnit> picked;
  for (const std::size_t index : named(candidates, words)) picked.push_back(std::move(units[index]));
  return picked;
}

Result<std::vector<FieldUnit>> matching_fields(const std::vector<const Control*>& controls, std::string_view words) {
  const ExplicitName said = explicit_name(words);
  std::vector<FieldUnit> units = field_units(controls);
  if (said.kind == ExplicitName::Kind::none) {
    std::vector<FieldUnit> picked = pick(std::move(units), words);
    return picked.empty() ? pick(single_units(controls), words) : picked;
  }
  if (said.kind == ExplicitName::Kind::id) {
    std::vector<FieldUnit> picked;
    for (const Control* control : controls) {
      if (control->id == said.rest && !control->is_button()) picked.push_back({{control}, {}});
    }
    return picked;
  }
  if (said.kind == ExplicitName::Kind::name) {
    std::erase_if(units, [&](const FieldUnit& unit) { return unit.controls.front()->name != said.rest; });
    // Frameworks put a hidden field of the same name beside a checkbox, for when it is off.
    if (std::ranges::any_of(units, [](const FieldUnit& unit) { return unit.controls.front()->is_field(); })) {
      std::erase_if(units, [](const FieldUnit& unit) { return !unit.controls.front()->is_field(); });
    }
    return units;
  }
  const auto selector = Selector::parse(said.rest);
  if (!selector) return std::unexpected(selector.error());
  std::vector<FieldUnit> picked;
  for (const Control* control : controls) {
    if (!control->is_button() && selector->matches(control->element)) picked.push_back({{control}, {}});
  }
  const bool one_group = std::ranges::all_of(picked, [&](const FieldUnit& unit) {
    const Control& control = *unit.controls.front();
    return (control.type == "radio" || control.type == "checkbox") &&
           control.type == picked.front().controls.front()->type &&
           control.name == picked.front().controls.front()->name;
  });
  if (picked.size() > 1 && one_group) {
    FieldUnit all;
    for (const FieldUnit& unit : picked) all.controls.push_back(unit.controls.front());
    return std::vector<FieldUnit>{std::move(all)};
  }
  return picked;
}

std::vector<const Control*> controls_of(const Forms& forms, const Form& form) {
  std::vector<const Control*> controls;
  for (const std::size_t index : form.controls) controls.push_back(&forms.controls[index]);
  return controls;
}

// Why the words might have been expected to work: labels tied to nothing, fields outside of the form.
std::vector<std::string> near_misses(const Forms& forms, const Form& form, std::string_view words) {
  std::vector<std::string> lines;
  const std::string wanted = comparable(words);
  for (const LooseLabel& label : forms.loose_labels) {
    if (comparable(label.words).find(wanted) == std::string::npos) continue;
    lines.push_back(label.target.empty()
                        ? fmt::format("the label {} is tied to no field", in_quotes(label.words))
                        : fmt::format("the label {} is tied to no field: no field has the id {} of its \"for\"",
                                      in_quotes(label.words), in_quotes(label.target)));
  }
  std::vector<const Control*> others;
  for (const Control& control : forms.controls) {
    if (!control.form || &forms.forms[*control.form] != &form) others.push_back(&control);
  }
  if (const auto elsewhere = matching_fields(others, words); elsewhere && !elsewhere->empty()) {
    const Control& other = *elsewhere->front().controls.front();
    lines.push_back(other.form
                        ? fmt::format("the form {} has such a field", form_called(forms, forms.forms[*other.form]))
                        : fmt::format("the field {} belongs to no form", in_quotes(other.shown_name())));
  }
  return lines;
}

// Every name that one of the fields goes by.
std::vector<std::string> names_of(const std::vector<FieldUnit>& units) {
  std::vector<std::string> names;
  for (const FieldUnit& unit : units)
    for (const auto& rank : unit.candidate.ranks) names.insert(names.end(), rank.begin(), rank.end());
  for (std::string& name : names) {
    while (name.ends_with(':') || name.ends_with('*') || name.ends_with(' ')) name.pop_back();
  }
  return names;
}

std::string meant_by(std::string_view words, const std::vector<FieldUnit>& units) {
  const ExplicitName said = explicit_name(words);
  return did_you_mean(said.kind == ExplicitName::Kind::none ? words : said.rest, names_of(units));
}

std::vector<std::string> lines_of(const std::vector<FieldUnit>& units) {
  std::vector<std::string> lines;
  for (const FieldUnit& unit : units) lines.push_back(control_line(*unit.controls.front()));
  return lines;
}

bool is_explicitly_called(const Control& control, const ExplicitName& said) {
  using Kind = ExplicitName::Kind;
  if (said.kind == Kind::name) return control.name == said.rest;
  if (said.kind == Kind::id) return control.id == said.rest;
  const auto selector = Selector::parse(said.rest);
  return selector && selector->matches(control.element);
}

} // namespace

bool is_called(const Forms& forms, const Control& control, std::string_view words) {
  const ExplicitName said = explicit_name(words);
  if (said.kind == ExplicitName::Kind::none)
    return goes_by(control.names(), words) || goes_by({control.autocomplete}, words);
  if (control.type != "radio") return is_explicitly_called(control, said);
  return std::ranges::any_of(forms.controls, [&](const Control& other) {
    return other.type == "radio" && (&other == &control || in_same_group(other, control)) &&
           is_explicitly_called(other, said);
  });
}

Result<void> check_has_field(const Forms& forms, std::string_view words) {
  if (std::ranges::any_of(forms.controls, [&](const Control& control) {
        return !control.is_button() && is_called(forms, control, words);
      }))
    return {};
  std::vector<const Control*> fields;
  for (const Control& control : forms.controls)
    if (control.is_field()) fields.push_back(&control);
  const std::vector<FieldUnit> units = field_units(fields);
  return not_found(fmt::format("the page has no field {}", in_quotes(words)),
                   as_hint({meant_by(words, units),
                            units.empty() ? "the page has no fields" : list("its fields are:", lines_of(units))}));
}

Result<Field> find_field(const Forms& forms, const Form& form, std::string_view words) {
  const std::vector<const Control*> controls = controls_of(forms, form);
  auto found = matching_fields(controls, words);
  if (!found) return std::unexpected(std::move(found.error()));
  if (found->size() == 1) return std::move(found->front().controls);
  if (found->size() > 1) {
    return not_found(
        fmt::format("{} could be {} fields of the form {}", in_quotes(words), found->size(), form_called(forms, form)),
        list("they are:", lines_of(*found)) + "\nselect one with name:… or id:…");
  }
  const std::vector<FieldUnit> units = field_units(controls);
  std::vector<std::string> hint = {meant_by(words, units)};
  for (std::string& line : near_misses(forms, form, words)) hint.push_back(std::move(line));
  hint.push_back(units.empty() ? "the form has no fields at all" : list("its fields are:", lines_of(units)));
  return not_found(fmt::format("the form {} has no field {}", form_called(forms, form), in_quotes(words)),
                   as_hint(hint));
}

} // namespace murphy::web
