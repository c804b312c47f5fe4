#include "drive/page_forms.h"

#include "base/text.h"
#include "web/forms/constraints.h"
#include "web/forms/form_encoding.h"

#include <algorithm>
#include <array>

namespace murphy::drive {
namespace {

// What a page may ask of a value, in the order of the alphabet.
constexpr std::array<std::string_view, 8> rule_names = {"max",      "maxlength", "min",      "minlength",
                                                        "multiple", "pattern",   "required", "step"};

std::vector<std::string> rules_of(web::Element element) {
  std::vector<std::string> rules;
  for (const std::string_view name : rule_names) {
    const auto value = element.attribute(name);
    if (!value) continue;
    const bool is_flag = name == "required" || name == "multiple";
    rules.push_back(std::string(name) + (is_flag ? "" : "=" + std::string(*value)));
  }
  return rules;
}

std::string action_of(web::Element form) {
  const web::Document& document = form.document();
  const std::string_view written = trim(form.attribute_or_empty("action"));
  const auto url = written.empty() ? Result<web::Url>(document.address()) : document.resolve(written);
  if (!url) return std::string(written);
  if (web::same_origin(*url, document.address())) return url->path();
  return url->origin() + url->path();
}

} // namespace

std::vector<record::PageForm> page_forms(const web::Forms& forms) {
  std::vector<record::PageForm> all;
  for (const web::Form& form : forms.forms) {
    record::PageForm& page_form = all.emplace_back();
    page_form.name = web::form_words(forms, form);
    page_form.method = ascii_lower(form.element.attribute_or_empty("method")) == "post" ? "POST" : "GET";
    page_form.action = action_of(form.element);
    page_form.encoding = web::form_enctype(form.element.attribute_or_empty("enctype"));
    std::vector<const web::Control*> groups; // the first radio button of each
    for (const std::size_t index : form.controls) {
      const web::Control& control = forms.controls[index];
      if (control.is_button()) continue;
      if (control.type == "radio") {
        if (std::ranges::any_of(groups, [&](const web::Control* other) { return in_same_group(*other, control); }))
          continue;
        groups.push_back(&control);
      }
      page_form.fields.push_back({control.name, control.type, control.is_field() ? control.shown_name() : "",
                                  control.is_field() ? rules_of(control.element) : std::vector<std::string>()});
    }
  }
  return all;
}

} // namespace murphy::drive
