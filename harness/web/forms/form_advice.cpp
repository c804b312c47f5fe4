#include "web/forms/form_advice.h"

#include "base/nearest.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "web/forms/constraints.h"
#include "web/forms/form_obstacles.h"
#include "web/forms/form_values.h"
#include "web/url/host.h"

#include <algorithm>
#include <fmt/format.h>
#include <map>

namespace murphy::web {
namespace {

std::string named(const Control& control) { return "\"" + control.shown_name() + "\""; }

void check_type(const Control& control, std::vector<std::string>& warnings) {
  const std::string written = ascii_lower(control.element.attribute_or_empty("type"));
  if (!control.element.is("input") || written.empty()) return;
  const auto known = input_types();
  if (std::ranges::binary_search(known, std::string_view(written))) return;
  const std::string meant = did_you_mean(written, {known.begin(), known.end()});
  warnings.push_back(fmt::format("{}: HTML has no type \"{}\", so browsers accept any text{}", named(control), written,
                                 meant.empty() ? "" : "; " + meant));
}

void check_pattern(const Control& control, const Constraints& declared, std::vector<std::string>& warnings) {
  if (!declared.pattern || declared.pattern->enforced()) return;
  const DeclaredPattern& pattern = *declared.pattern;
  const std::size_t column = count_code_points(std::string_view(pattern.source).substr(0, pattern.refusal->offset)) + 1;
  warnings.push_back(fmt::format("{}: browsers ignore the pattern \"{}\": {} (at character {})", named(control),
                                 pattern.source, pattern.refusal->why, column));
}

void check_rules(const Control& control, const Constraints& declared, std::vector<std::string>& warnings) {
  if (declared.min_length && declared.max_length && *declared.min_length > *declared.max_length)
    warnings.push_back(fmt::format("{}: no value has at least {} and at most {} characters", named(control),
                                   *declared.min_length, *declared.max_length));
  if (declared.min && declared.max && !declared.wraps && declared.min->number > declared.max->number)
    warnings.push_back(
        fmt::format("{}: no value is between {} and {}", named(control), declared.min->text, declared.max->text));
}

void check_name(const Control& control, std::vector<std::string>& warnings) {
  if (control.name.empty())
    warnings.push_back(fmt::format("{}: it has no name, so browsers never send it", named(control)));
  if (!control.labels.empty() || !control.aria_label.empty() || !control.title.empty()) return;
  if (!control.placeholder.empty()) {
    warnings.push_back(
        fmt::format("{}: its only label is its placeholder, which disappears during input", named(control)));
  } else {
    warnings.push_back(fmt::format("{}: it has no label", named(control)));
  }
}

// What password managers go by (WHATWG HTML, 4.10.18.7). Which of two tokens is meant, the page cannot tell.
void check_autocomplete(const Control& control, bool beside_a_password, std::vector<std::string>& warnings) {
  if (!control.autocomplete.empty()) return;
  if (is_password_type(control.type)) {
    warnings.push_back(fmt::format(
        "{}: password managers guess; add autocomplete=\"current-password\" or \"new-password\"", named(control)));
  } else if (control.type == "email" && beside_a_password) {
    warnings.push_back(
        fmt::format("{}: password managers guess; add autocomplete=\"username\" or \"email\"", named(control)));
  }
}

// An element that an id leads to: the field or button that it is, else its tag.
std::string described(const Forms& forms, Element element) {
  for (const Control& control : forms.controls) {
    if (control.element != element) continue;
    const std::string what = fmt::format("the {} {}", control.is_button() ? "button" : "field", named(control));
    return control.form ? fmt::format("{} of the form \"{}\"", what, form_words(forms, forms.forms[*control.form]))
                        : what;
  }
  return fmt::format("<{}> on line {}", element.tag(), element.line());
}

// The elements of an id, as far as they matter: the first, and how many there are.
struct Named {
  Element first;
  int count = 0;
};

} // namespace

std::vector<std::string> form_warnings(const Forms& forms, const Form& form) {
  std::vector<std::string> warnings;
  const Element element = form.element;
  const Document& document = element.document();
  const auto action = document.resolve(trim(element.attribute_or_empty("action")));
  bool has_password = false;
  bool has_button = false;
  for (const std::size_t index : form.controls) {
    has_password = has_password || is_password_type(forms.controls[index].type);
    has_button = has_button || forms.controls[index].is_submit();
  }
  if (has_password && ascii_lower(element.attribute_or_empty("method")) != "post")
    warnings.emplace_back(
        "it sends a password by GET: the password appears in the address, in logs and in the history");
  if (has_password && document.address().scheme() == "http" && !is_loopback(document.address().host()))
    warnings.emplace_back("its page came over http: an attacker on the network can change it and read the password");
  if (has_password && document.address().scheme() == "https" && action && action->scheme() == "http" &&
      !is_loopback(action->host()))
    warnings.push_back("it sends a password over http, to " + action->without_fragment());
  if (!has_button) warnings.emplace_back("it has no button that submits it");
  if (const std::string script = script_that_sends(form); !script.empty())
    warnings.push_back(fmt::format(
        "a script sends it ({}), and Murphy runs none: send the same with request = {{ method = \"POST\", … }}",
        script));
  if (const std::string captcha = captcha_in(forms, form); !captcha.empty())
    warnings.push_back(fmt::format("a captcha is in it ({}): switch it off for tests", captcha));

  std::vector<const Control*> groups;
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    if (!control.is_field()) continue;
    if (control.type == "radio") {
      if (std::ranges::any_of(groups, [&](const Control* other) { return in_same_group(*other, control); })) continue;
      groups.push_back(&control);
    }
    const Constraints declared = declared_constraints(forms, control);
    check_type(control, warnings);
    check_pattern(control, declared, warnings);
    check_rules(control, declared, warnings);
    check_name(control, warnings);
    check_autocomplete(control, has_password, warnings);
  }
  return warnings;
}

std::vector<std::string> page_warnings(const Document& document, const Forms& forms) {
  std::vector<std::string> warnings;
  for (const Control& control : forms.controls) {
    if (control.form) continue;
    if (control.is_submit()) {
      warnings.push_back(fmt::format("the button {} belongs to no form: pressing it submits nothing", named(control)));
    } else if (control.is_field() && !control.name.empty()) {
      warnings.push_back(fmt::format("the field {} belongs to no form: browsers never send it", named(control)));
    }
  }
  for (const LooseLabel& label : forms.loose_labels) {
    warnings.push_back(label.target.empty()
                           ? fmt::format("the label \"{}\" labels nothing", label.words)
                           : fmt::format("the label \"{}\" is for \"{}\", which is not a field of this page",
                                         label.words, label.target));
  }
  std::map<std::string_view, Named> ids;
  for (Element element = document.root(); element; element = element.next()) {
    const auto id = element.attribute("id");
    if (!id || id->empty()) continue;
    Named& same = ids[*id];
    if (++same.count == 1) same.first = element;
  }
  for (const Control& control : forms.controls) {
    const auto found = ids.find(control.id);
    if (control.id.empty() || found->second.count < 2) continue;
    warnings.push_back(fmt::format("the id \"{}\" appears {} times: labels and scripts find only the first, {}",
                                   control.id, found->second.count, described(forms, found->second.first)));
    found->second.count = 1;
  }
  return warnings;
}

} // namespace murphy::web
