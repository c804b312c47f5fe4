#include "init/sign_in_form.h"

#include "base/nearest.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "init/technical_words.h"
#include "init/words.h"
#include "web/forms/form_obstacles.h"
#include "web/html/rendered_text.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

namespace murphy::init {
namespace {

constexpr std::size_t none = static_cast<std::size_t>(-1);

bool is_seen(const web::Control& control) {
  return !control.disabled && !web::is_hidden(control.element) && !web::is_trap(control);
}

bool is_shown_password(const web::Control& control) { return is_password_type(control.type) && is_seen(control); }

bool is_for_text(const web::Control& control) {
  static constexpr std::array<std::string_view, 6> types = {"text", "email", "tel", "number", "url", "search"};
  return std::ranges::find(types, control.type) != types.end() && is_seen(control) && !control.read_only;
}

// What the form calls itself, and where it leads.
std::string technical_names(const web::Form& form) {
  return form.id + " " + form.name + " " + std::string(form.element.attribute_or_empty("class")) + " " +
         std::string(form.element.attribute_or_empty("action"));
}

int score_of_button(const web::Control& button) {
  int score = 0;
  const std::string words = button.words();
  const auto add = [&](Role role, int whole, int part) {
    const Says said = says(role, words);
    score += said == Says::wholly ? whole : said == Says::in_part ? part : 0;
  };
  add(Role::sign_in, 10, 5);
  add(Role::forgot, -12, -6);
  add(Role::sign_up, -12, -6);
  const std::string all =
      words + " " + button.name + " " + button.id + " " + std::string(button.element.attribute_or_empty("formaction"));
  if (has_any(all, {"google", "github", "gitlab", "facebook", "microsoft", "apple", "saml", "sso", "oauth", "openid",
                    "passkey", "webauthn", "cancel"}))
    score -= 6;
  return score;
}

const web::Control* choose_button(const web::Forms& forms, const web::Form& form) {
  const web::Control* best = nullptr;
  int best_score = 0;
  for (const std::size_t index : form.controls) {
    const web::Control& control = forms.controls[index];
    if (!control.is_submit() || control.disabled || web::is_hidden(control.element)) continue;
    const int score = score_of_button(control) + (best == nullptr ? 2 : 0); // the first is the one that Enter presses
    if (best != nullptr && score <= best_score) continue;
    best = &control;
    best_score = score;
  }
  return best;
}

int score_of_label(const web::Control& field) {
  int best = 0;
  std::vector<std::string> labels = field.labels;
  labels.insert(labels.end(), {field.aria_label, field.placeholder});
  for (const std::string& label : labels)
    for (const Role role : {Role::user, Role::user_or_email, Role::email}) {
      const Says said = says(role, label);
      best = std::max(best, said == Says::wholly ? 6 : said == Says::in_part ? 3 : 0);
    }
  return best;
}

int score_of_user_field(const web::Control& field) {
  int score = score_of_label(field);
  if (field.autocomplete == "username") score += 8;
  if (field.autocomplete == "email") score += 6;
  if (field.autocomplete == "one-time-code") score -= 12;
  if (field.type == "email") score += 4;
  if (field.type == "search") score -= 8;
  const std::string names = field.name + " " + field.id;
  if (has_any(names, {"user", "login", "email", "mail", "account", "uname", "uid", "ident", "nick"})) score += 4;
  if (has_any(names, {"captcha", "otp", "totp", "search", "tenant", "lang", "domain", "realm"})) score -= 8;
  return score;
}

// The best field for a user's name among those of the form; `password` is the place of its password field, or none.
const web::Control* choose_user_field(const web::Forms& forms, const web::Form& form, std::size_t password) {
  const web::Control* best = nullptr;
  int best_score = 0;
  const auto nearest = [&] {
    std::size_t last = none;
    for (const std::size_t index : form.controls)
      if (index < password && is_for_text(forms.controls[index])) last = index;
    return last;
  }();
  for (const std::size_t index : form.controls) {
    const web::Control& control = forms.controls[index];
    if (!is_for_text(control)) continue;
    int score = score_of_user_field(control);
    if (password != none && index < password) score += 2;
    if (password != none && index == nearest) score += 2;
    if (best != nullptr && score <= best_score) continue;
    best = &control;
    best_score = score;
  }
  return best_score < 0 ? nullptr : best;
}

int score_of_form(const web::Forms& forms, const web::Form& form, const std::vector<std::size_t>& passwords) {
  int score = passwords.size() == 1 ? 6 : -6;
  for (const std::size_t index : passwords) {
    const std::string& hint = forms.controls[index].autocomplete;
    score += hint == "current-password" ? 3 : hint == "new-password" ? -6 : 0;
  }
  const std::string names = technical_names(form);
  if (leads_in(names)) score += 3;
  if (has_any(names, {"signup", "sign-up", "sign_up", "register", "registration", "join"})) score -= 5;
  if (const web::Control* button = choose_button(forms, form)) score += std::clamp(score_of_button(*button), -6, 5);
  return score;
}

bool is_named_a_code(const web::Control& control) {
  static constexpr std::array<std::string_view, 6> words = {"otp", "totp", "2fa", "mfa", "twofactor", "onetime"};
  for (const std::string& name : {control.name, control.id}) {
    const std::vector<std::string> parts = words_of_name(name);
    if (std::ranges::any_of(words, [&](std::string_view word) { return contains(parts, word); })) return true;
    if (has_any(name, {"two_factor", "two-factor", "one_time", "one-time", "verification_code"})) return true;
  }
  return std::ranges::any_of(control.labels,
                             [](const std::string& label) { return says(Role::code, label) == Says::wholly; });
}

} // namespace

std::optional<SignInControls> choose_sign_in(const web::Forms& forms) {
  std::optional<SignInControls> best;
  int best_score = 0;
  for (const web::Form& form : forms.forms) {
    std::vector<std::size_t> passwords;
    for (const std::size_t index : form.controls)
      if (is_shown_password(forms.controls[index])) passwords.push_back(index);
    if (passwords.empty()) continue;
    const int score = score_of_form(forms, form, passwords);
    if (score < 0 || (best && score <= best_score)) continue;
    best = {.form = &form,
            .user = choose_user_field(forms, form, passwords.front()),
            .password = &forms.controls[passwords.front()],
            .button = choose_button(forms, form)};
    best_score = score;
  }
  return best;
}

const web::Control* find_first_page(const web::Forms& forms) {
  for (const web::Form& form : forms.forms) {
    const web::Control* user = choose_user_field(forms, form, none);
    // A field that could be anything is none: most pages can be searched.
    if (user != nullptr && score_of_user_field(*user) >= 6 && choose_button(forms, form) != nullptr) return user;
  }
  return nullptr;
}

const web::Control* find_code_field(const web::Forms& forms) {
  for (const web::Form& form : forms.forms) {
    std::vector<const web::Control*> typed;
    for (const std::size_t index : form.controls) {
      const web::Control& control = forms.controls[index];
      if (is_for_text(control) || is_shown_password(control)) typed.push_back(&control);
    }
    // Some pages have a box for each digit; those say what they are.
    for (const web::Control* control : typed)
      if (control->autocomplete == "one-time-code" || (typed.size() == 1 && is_named_a_code(*control))) return control;
  }
  return nullptr;
}

const web::Control* find_loose_password(const web::Forms& forms) {
  const auto found = std::ranges::find_if(
      forms.controls, [](const web::Control& control) { return is_shown_password(control) && !control.form; });
  return found == forms.controls.end() ? nullptr : &*found;
}

bool is_sent_in_address(const SignInControls& sign_in) {
  std::string_view method = sign_in.form->element.attribute_or_empty("method");
  if (sign_in.button != nullptr && sign_in.button->element.has("formmethod"))
    method = sign_in.button->element.attribute_or_empty("formmethod");
  return !equal_ignoring_ascii_case(trim(method), "post");
}

bool asks_for_email(const web::Control& user) {
  if (user.type == "email" || user.autocomplete == "email") return true;
  return std::ranges::any_of(user.labels, [](const std::string& label) {
    return says(Role::email, label) == Says::wholly && says(Role::user_or_email, label) != Says::wholly;
  });
}

} // namespace murphy::init
