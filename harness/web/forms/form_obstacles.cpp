#include "web/forms/form_obstacles.h"

#include "base/text.h"
#include "web/html/rendered_text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace murphy::web {
namespace {

template <std::size_t size>
std::string_view first_in(std::string_view text, const std::array<std::string_view, size>& parts) {
  const auto found = std::ranges::find_if(parts, [&](std::string_view part) { return text.contains(part); });
  return found == parts.end() ? std::string_view() : *found;
}

std::string style_of(Element element) {
  std::string style = ascii_lower(element.attribute_or_empty("style"));
  std::erase_if(style, [](char c) { return is_white_space(c); });
  return style;
}

bool is_out_of_sight(Element element) {
  static constexpr std::array<std::string_view, 8> away = {"left:-99",  "left:-1000",      "top:-99",   "top:-1000",
                                                           "right:-99", "text-indent:-99", "clip:rect", "opacity:0;"};
  const std::string style = style_of(element);
  return !first_in(style, away).empty() || style.ends_with("opacity:0");
}

bool is_named_a_trap(std::string_view name) {
  static constexpr std::array<std::string_view, 5> traps = {"honeypot", "honey_pot", "honey-pot", "bot-field",
                                                            "bot_field"};
  return !first_in(ascii_lower(name), traps).empty();
}

} // namespace

bool is_trap(const Control& control) {
  if (control.element.has("required")) return false;
  if (is_named_a_trap(control.name) || is_named_a_trap(control.id)) return true;
  const bool is_off_the_keyboard = control.element.attribute_or_empty("tabindex").starts_with("-");
  if (is_off_the_keyboard && ascii_lower(control.element.attribute_or_empty("autocomplete")) == "off" &&
      control.type != "checkbox" && control.type != "radio")
    return true;
  for (Element element = control.element; element && !element.is("form"); element = element.parent()) {
    // What is typed into a textarea is no text of the page, and still in sight.
    const bool is_hidden_here = element == control.element
                                    ? element.has("hidden") || style_of(element).contains("display:none")
                                    : hides_itself(element);
    if (is_hidden_here) return true;
    // Boxes are often drawn by their labels, and stand out of sight themselves.
    const bool is_box = control.type == "checkbox" || control.type == "radio" || control.type == "file";
    if (!is_box && is_out_of_sight(element)) return true;
    if (equal_ignoring_ascii_case(element.attribute_or_empty("aria-hidden"), "true")) return true;
    if (is_named_a_trap(element.attribute_or_empty("class"))) return true;
  }
  return false;
}

std::string captcha_in(const Forms& forms, const Form& form) {
  static constexpr std::array<std::string_view, 8> widgets = {
      "g-recaptcha", "h-captcha", "cf-turnstile", "frc-captcha", "mtcaptcha", "procaptcha", "geetest", "smart-captcha"};
  const Element end = form.element.next_skipping();
  for (Element inner = form.element.next(); inner != end; inner = inner.next()) {
    const std::string classes = ascii_lower(inner.attribute_or_empty("class"));
    if (const std::string_view widget = first_in(classes, widgets); !widget.empty())
      return fmt::format("class {}", widget);
    if (inner.is("altcha-widget")) return "<altcha-widget>";
  }
  for (const std::size_t index : form.controls) {
    const Control& control = forms.controls[index];
    if (control.is_field() && ascii_lower(control.name).contains("captcha") && !is_trap(control))
      return fmt::format("the field {}", control.name);
  }
  return {};
}

std::string script_that_sends(const Form& form) {
  const std::string handler = ascii_lower(form.element.attribute_or_empty("onsubmit"));
  static constexpr std::array<std::string_view, 2> stops = {"preventdefault", "return false"};
  if (!first_in(handler, stops).empty()) return "its onsubmit";
  static constexpr std::array<std::string_view, 10> handlers = {
      "@submit",     "@submit.prevent",     "v-on:submit", "v-on:submit.prevent", "(ngsubmit)",
      "wire:submit", "wire:submit.prevent", "x-on:submit", "x-on:submit.prevent", "ng-submit"};
  for (const Attribute& attribute : form.element.attributes())
    if (std::ranges::find(handlers, attribute.name) != handlers.end()) return std::string(attribute.name);
  // A form without a method and an address of its own goes nowhere but to a script.
  if (form.element.has("method") || form.element.has("action")) return {};
  for (Element element = form.element.document().root(); element; element = element.next()) {
    if (!element.is("script")) continue;
    const std::string source = ascii_lower(element.text_content());
    static constexpr std::array<std::string_view, 4> listens = {"onsubmit", "'submit'", "\"submit\"", ".submit("};
    if (!first_in(source, listens).empty() && source.contains("preventdefault")) return "a script of the page";
  }
  return {};
}

} // namespace murphy::web
