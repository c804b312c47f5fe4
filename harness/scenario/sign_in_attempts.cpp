#include "scenario/sign_in_attempts.h"

#include "base/sign_in_words.h"
#include "scenario/app_flow.h"
#include "scenario/references.h"

#include <algorithm>
#include <optional>
#include <ranges>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::scenario {
namespace {

using Parts = std::vector<Text::Part>;
// What the columns of an example and the parameters of a flow stand for.
using BoundTexts = std::map<std::string, Parts>;

Parts expanded(const Text& text, const BoundTexts& bound) {
  Parts all;
  for (const Text::Part& part : text.parts()) {
    const auto found = part.reference ? bound.find(part.text) : bound.end();
    if (found == bound.end())
      all.push_back(part);
    else
      all.insert(all.end(), found->second.begin(), found->second.end());
  }
  return all;
}

// The user of a part; nothing where it is about nobody.
std::optional<std::string> user_in(const Text::Part& part) {
  const auto user = part.reference ? user_of(part.text) : std::nullopt;
  return user ? std::optional(std::string(*user)) : std::nullopt;
}

bool is_password(const Text::Part& part) {
  const auto user = user_in(part);
  return user && names_a_secret(std::string_view(part.text).substr(user->size() + 1));
}

bool names_nobody(const Parts& parts) {
  return std::ranges::any_of(parts,
                             [](const Text::Part& part) { return part.reference && part.text.starts_with("unique"); });
}

// A form that takes a password, as [app] describes it.
struct PasswordForm {
  std::string form;
  std::set<std::string> fields; // those that the password goes into
};

std::vector<PasswordForm> password_forms(const App& app) {
  std::vector<const AppFlow*> ways;
  if (app.sign_in) ways.push_back(&*app.sign_in);
  for (const auto& [name, way] : app.sign_in_by) ways.push_back(&way);
  std::vector<PasswordForm> forms;
  for (const AppFlow* way : ways) {
    const Submit* submit = password_form(*way);
    if (submit == nullptr) continue;
    PasswordForm form{.form = submit->form.source, .fields = {}};
    for (const Filling& field : submit->with)
      if (const auto* text = std::get_if<Text>(&field.value);
          text != nullptr && std::ranges::any_of(text->parts(), is_password_of_user))
        form.fields.insert(field.field.source);
    forms.push_back(std::move(form));
  }
  return forms;
}

bool expects_refusal(const Step& step) {
  return std::ranges::any_of(step.expect, [](const Expectation& each) {
    const auto* dashboard = std::get_if<ExpectDashboard>(&each.is);
    return (dashboard != nullptr && dashboard->state == Dashboard::closed) ||
           std::holds_alternative<ExpectFormError>(each.is);
  });
}

class Counting {
public:
  Counting(const Scenario& scenario, const App& app) : scenario_(scenario), app_(app), forms_(password_forms(app)) {}

  void walk(const std::vector<Step>& steps, const BoundTexts& bound) {
    for (auto step = steps.begin(); step != steps.end(); ++step) {
      // What a step leads to is often stated behind it.
      const auto next = std::find_if_not(
          step + 1, steps.end(), [](const Step& each) { return std::holds_alternative<ExpectOnly>(each.verb); });
      const bool is_refused = std::any_of(step, next, expects_refusal);
      if (const auto* use = std::get_if<Use>(&step->verb)) {
        BoundTexts within;
        for (const auto& [name, text] : use->with) within[name] = expanded(text, bound);
        walk(use->flow->steps, within);
      } else if (const auto* sign_in = std::get_if<SignIn>(&step->verb)) {
        add(sign_in->user, is_refused ? With::wrong : With::right);
      } else if (const auto* submit = std::get_if<Submit>(&step->verb)) {
        look_at(*submit, bound, is_refused ? With::wrong : With::right);
      } else if (const auto* request = std::get_if<Request>(&step->verb)) {
        look_at(*request, bound, is_refused ? With::wrong : With::right);
      } else if (const auto* validate = std::get_if<Validate>(&step->verb)) {
        look_at(*validate, *step);
      }
      for (const std::string& user : std::exchange(sent_as_, {}))
        if (step->eventually) attempts[user].repeats = &*step;
    }
  }

  std::map<std::string, SignInAttempts> attempts;

private:
  enum class With { right, wrong };

  void add(const std::string& user, With with) {
    sent_as_.insert(user);
    ++attempts[user].all;
    if (with == With::wrong) ++attempts[user].wrong;
  }

  // `password`: what goes out as one; none: nothing does.
  void add_sent(const std::vector<Parts>& sent, const std::optional<Parts>& password, With with) {
    std::set<std::string> users;
    bool is_of_nobody = false;
    for (const Parts& parts : sent) {
      is_of_nobody = is_of_nobody || names_nobody(parts);
      for (const Text::Part& part : parts)
        if (const auto user = user_in(part); user && !is_password(part)) users.insert(*user);
    }
    const bool is_whole = password && password->size() == 1 && is_password(password->front());
    const auto owner = is_whole ? user_in(password->front()) : std::nullopt;
    // An account may be written out: it is that of the password, or the one that the scenario has for itself.
    if (users.empty() && owner) users.insert(*owner);
    if (users.empty() && !is_of_nobody && scenario_.users.size() == 1) users.insert(scenario_.users.front());
    for (const std::string& user : users) add(user, owner == user ? with : With::wrong);
  }

  void look_at(const Submit& submit, const BoundTexts& bound, With with) {
    const auto form = std::ranges::find(forms_, submit.form.source, &PasswordForm::form);
    if (form == forms_.end()) return;
    std::vector<Parts> sent;
    std::optional<Parts> password;
    for (const Filling& field : submit.with)
      if (const auto* text = std::get_if<Text>(&field.value)) {
        sent.push_back(expanded(*text, bound));
        if (form->fields.contains(field.field.source)) password = sent.back();
      }
    for (const auto& [name, value] : submit.send)
      if (const auto* text = std::get_if<Text>(&value)) {
        sent.push_back(expanded(*text, bound));
        if (std::ranges::any_of(sent.back(), is_password)) password = sent.back();
      }
    add_sent(sent, password, with);
  }

  // It fills the form in again and again, and has the accounts of the scenario for that.
  void look_at(const Validate& validate, const Step& step) {
    if (std::ranges::find(forms_, validate.form.source, &PasswordForm::form) == forms_.end()) return;
    for (const std::string& user : scenario_.users) {
      add(user, With::wrong);
      attempts[user].repeats = &step;
    }
  }

  void look_at(const Request& request, const BoundTexts& bound, With with) {
    if (request.method->source == "GET" || request.method->source == "HEAD") return;
    std::vector<Parts> sent;
    if (request.body) sent.push_back(expanded(*request.body, bound));
    if (request.json) sent.push_back(expanded(*request.json, bound));
    for (const auto& [name, value] : request.form) sent.push_back(expanded(value, bound));
    // Within a body, the password stands among other words.
    std::optional<Parts> password;
    for (const Parts& parts : sent)
      for (const Text::Part& part : parts)
        if (is_password(part)) password = request.form.empty() || parts.size() == 1 ? Parts{part} : parts;
    const Text* page = sign_in_page(app_);
    if (password || (page != nullptr && page->source == request.url.source)) add_sent(sent, password, with);
  }

  const Scenario& scenario_;
  const App& app_;
  const std::vector<PasswordForm> forms_;
  std::set<std::string> sent_as_; // users of the step
};

} // namespace

std::map<std::string, SignInAttempts> sign_in_attempts(const Scenario& scenario, const Example* example,
                                                       const App& app) {
  BoundTexts columns;
  if (example != nullptr)
    for (const auto& [name, text] : example->columns) columns[name] = text.parts();
  Counting counting(scenario, app);
  counting.walk(scenario.steps, columns);
  counting.walk(scenario.cleanup, columns);
  return std::move(counting.attempts);
}

} // namespace murphy::scenario
