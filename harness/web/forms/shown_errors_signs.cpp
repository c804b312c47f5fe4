#include "web/forms/shown_errors_signs.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace murphy::web {
namespace {

template <std::size_t size> bool among(const std::array<std::string_view, size>& known, std::string_view word) {
  return std::ranges::find(known, word) != known.end();
}

constexpr std::string_view white_space = " \t\n\f\r";

// Whether a class of the element is one that `is_wanted`.
template <class Predicate> bool any_class(Element element, Predicate is_wanted) {
  std::string_view rest = element.attribute_or_empty("class");
  for (;;) {
    rest.remove_prefix(std::min(rest.find_first_not_of(white_space), rest.size()));
    if (rest.empty()) return false;
    const std::string_view token = rest.substr(0, rest.find_first_of(white_space));
    if (is_wanted(token)) return true;
    rest.remove_prefix(token.size());
  }
}

// Whether one of the words is in it that every sign of an error has. Pages are full of classes, and nearly none has.
bool may_be_a_sign(std::string_view text) {
  static constexpr std::array<std::string_view, 8> wanted = {"error",      "danger",      "invalid",   "text-red-",
                                                             "help-block", "help-inline", "form-text", "alert"};
  for (; text.size() >= 5; text.remove_prefix(1)) {
    const char first = static_cast<char>(text.front() | 0x20);
    for (const std::string_view word : wanted)
      if (first == word.front() && equal_ignoring_ascii_case(text.substr(0, word.size()), word)) return true;
  }
  return false;
}

// "form-error", "form_error" and "formError" are the words form and error.
std::vector<std::string> words_of(std::string_view token) {
  std::vector<std::string> words(1);
  char before = '\0';
  for (const char c : token) {
    const bool upper = c >= 'A' && c <= 'Z';
    const bool separates = c == '-' || c == '_' || c == ':' || c == '.';
    if (separates || (upper && before >= 'a' && before <= 'z')) words.emplace_back();
    if (!separates) words.back() += upper ? static_cast<char>(c | 0x20) : c;
    before = c;
  }
  std::erase_if(words, [](const std::string& word) { return word.empty(); });
  return words;
}

bool is_error_word(std::string_view word) {
  const auto letters = [](std::string_view text) {
    return std::ranges::all_of(text, [](char c) { return c >= 'a' && c <= 'z'; });
  };
  return letters(word) && (word.starts_with("error") || word.ends_with("error") || word.ends_with("errors"));
}

// Words that turn an error class into the name of a state, a part or a place.
constexpr std::array<std::string_view, 14> not_a_message = {"has",      "with",  "no",   "without", "hide",
                                                            "hidden",   "icon",  "page", "code",    "boundary",
                                                            "template", "input", "is",   "label"};
constexpr std::array<std::string_view, 11> of_the_form = {
    "alert", "alerts", "summary", "explanation", "nonfield", "global", "flash", "note", "errornote", "login", "notice"};
constexpr std::array<std::string_view, 9> friendly = {"info",      "success", "warning", "notice", "primary",
                                                      "secondary", "light",   "loading", "status"};
constexpr std::array<std::string_view, 9> dangerous_things = {"alert", "message", "notification", "toast", "callout",
                                                              "help",  "flash",   "feedback",     "banner"};

template <std::size_t size>
bool any_among(const std::array<std::string_view, size>& known, const std::vector<std::string>& words) {
  return std::ranges::any_of(words, [&](const std::string& word) { return among(known, word); });
}

// What one class or id says.
ErrorSign sign_of_token(std::string_view token) {
  const std::vector<std::string> words = words_of(token);
  if (std::ranges::any_of(words, is_error_word)) {
    const bool non_field = contains(words, "non") && contains(words, "field");
    if (any_among(not_a_message, words)) return ErrorSign::none;
    return any_among(of_the_form, words) || non_field ? ErrorSign::form : ErrorSign::field;
  }
  if (contains(words, "danger") && any_among(dangerous_things, words))
    return contains(words, "help") || contains(words, "feedback") ? ErrorSign::field : ErrorSign::form;
  if (contains(words, "invalid") &&
      (any_among(dangerous_things, words) || contains(words, "tooltip") || contains(words, "text")))
    return ErrorSign::field;
  if (token == "text-danger" || token == "is-danger") return ErrorSign::beside;
  // Tailwind's reds, which Laravel's starter kits use.
  if (token.starts_with("text-red-") && token.size() == 12 && token[9] >= '4') return ErrorSign::beside;
  return ErrorSign::none;
}

bool has_state(Element element, std::string_view state) {
  return any_class(element, [&](std::string_view token) { return token == state; });
}

// Bootstrap shows its feedback only behind a field that is marked as invalid.
bool is_feedback_shown(Element feedback) {
  if (feedback.has_class("d-block")) return true;
  for (Element sibling = feedback.previous_sibling(); sibling; sibling = sibling.previous_sibling()) {
    const Element end = sibling.next_skipping();
    for (Element inner = sibling; inner != end; inner = inner.next()) {
      if (inner.has_class("is-invalid") || equal_ignoring_ascii_case(inner.attribute_or_empty("aria-invalid"), "true"))
        return true;
    }
  }
  return false;
}

bool in_failed_group(Element element) {
  int levels = 3;
  for (Element ancestor = element.parent(); ancestor && levels > 0 && !ancestor.is("form");
       ancestor = ancestor.parent(), --levels) {
    for (const std::string_view state : {"has-error", "has-danger", "has-errors", "error"}) {
      if (has_state(ancestor, state)) return true;
    }
  }
  return false;
}

} // namespace

bool is_hidden_by_class(Element element) {
  static constexpr std::array<std::string_view, 9> hiding = {
      "hidden", "d-none", "hide", "hide-if-js", "is-hidden", "invisible", "ng-hide", "uk-hidden", "display-none"};
  return any_class(element, [](std::string_view token) { return among(hiding, token); });
}

bool is_error_list(Element element) { return element.has_class("errorlist"); }

ErrorSign error_sign(Element element) {
  static constexpr std::array<std::string_view, 20> never = {
      "html",     "body",  "form",  "main", "a",   "button", "input", "select", "textarea", "option",
      "fieldset", "table", "tbody", "tr",   "img", "i",      "br",    "hr",     "head",     "nav"};
  if (!element.is_html()) return ErrorSign::none;
  const std::array signs = {element.attribute_or_empty("class"), element.attribute_or_empty("id"),
                            element.attribute_or_empty("role")};
  if (std::ranges::none_of(signs, may_be_a_sign) || among(never, element.tag())) return ErrorSign::none;
  bool is_friendly = false, is_alert = false, is_of_form = false;
  ErrorSign sign = ErrorSign::none;
  any_class(element, [&](std::string_view token) {
    const std::vector<std::string> words = words_of(token);
    const ErrorSign said = sign_of_token(token);
    if (said == ErrorSign::none && any_among(friendly, words)) is_friendly = true;
    if (token == "alert" || token == "flash-alert" || token == "flash_alert") is_alert = true;
    if (any_among(of_the_form, words)) is_of_form = true;
    sign = std::max(sign, said);
    return false;
  });
  if (sign == ErrorSign::field && is_of_form) sign = ErrorSign::form;
  if (sign == ErrorSign::field && element.has_class("invalid-feedback") && !is_feedback_shown(element))
    return ErrorSign::none;
  const bool is_read_out = equal_ignoring_ascii_case(trim(element.attribute_or_empty("role")), "alert");
  if (is_read_out && !is_friendly && (sign == ErrorSign::beside || sign == ErrorSign::field)) return ErrorSign::alert;
  if (sign != ErrorSign::none) return sign;
  if (const ErrorSign by_id = sign_of_token(element.attribute_or_empty("id")); by_id != ErrorSign::none && !is_friendly)
    return by_id;
  if (has_state(element, "help-block") || has_state(element, "help-inline") || has_state(element, "form-text"))
    return in_failed_group(element) ? ErrorSign::field : ErrorSign::none;
  if (is_friendly) return ErrorSign::none;
  return is_alert ? ErrorSign::form : is_read_out ? ErrorSign::alert : ErrorSign::none;
}

} // namespace murphy::web
