#include "record/steps_behind.h"

#include "base/sign_in_words.h"
#include "record/visits.h"

#include <algorithm>
#include <optional>

namespace murphy::record {
namespace {

std::vector<const Exchange*> own_exchanges(const StepResult& step) { return own_exchanges(step.evidence.exchanges); }

bool holds_password(const FilledForm& form) {
  return std::ranges::any_of(form.fields, [](const FilledField& field) { return is_password_type(field.type); });
}

// A session that was begun or taken up again: a step that neither asked for a page nor looked at one.
bool changes_session(const StepResult& step) {
  return step.outcome == Outcome::passed && step.evidence.exchanges.empty() && !step.evidence.page;
}

// The last step before `end` that sent something of its own, in the same session.
std::optional<std::size_t> sender_before(std::span<const StepResult> steps, std::size_t end) {
  while (end-- > 0) {
    if (changes_session(steps[end])) return std::nullopt;
    if (!own_exchanges(steps[end]).empty()) return end;
  }
  return std::nullopt;
}

bool is_only_opened(const StepResult& step) {
  return !step.evidence.form && own_exchanges(step).front()->reason == Reason::opened;
}

// It was refused, or ended at a page with the very form that had been submitted.
bool is_sent_back(const Exchange& last, const std::optional<PageSeen>& page, const FilledForm& submitted) {
  if (last.status == 401 || last.status == 403) return true;
  const std::string action = lasting_path(submitted.action);
  return page && std::ranges::any_of(page->forms, [&](const PageForm& form) {
           return lasting_path(form.action) == action &&
                  std::ranges::any_of(form.fields, [](const PageField& field) { return is_password_type(field.type); });
         });
}

// The submission of a sign-in form on which it depends whether a page opens.
std::optional<std::size_t> attempt_before(std::span<const StepResult> steps, std::size_t opening,
                                          const std::optional<PageSeen>& page) {
  if (!is_only_opened(steps[opening])) return std::nullopt;
  std::vector<std::size_t> between;
  auto at = sender_before(steps, opening);
  for (; at && is_only_opened(steps[*at]); at = sender_before(steps, *at)) between.push_back(*at);
  if (!at || !steps[*at].evidence.form || !holds_password(*steps[*at].evidence.form)) return std::nullopt;
  const FilledForm& submitted = *steps[*at].evidence.form;
  const auto own = own_exchanges(steps[opening]);
  if (!is_sent_back(*own.back(), page, submitted)) return std::nullopt;
  // It was open before: signing in went well.
  between.push_back(*at);
  const std::string asked = lasting_path(own.front()->url);
  const bool was_open = std::ranges::any_of(between, [&](std::size_t each) {
    const Exchange& last = *own_exchanges(steps[each]).back();
    const std::optional<PageSeen>& seen = steps[each].evidence.page;
    return last.status == 200 && lasting_path(last.url) == asked && !(seen && !seen->errors.empty()) &&
           !is_sent_back(last, seen, submitted);
  });
  return was_open ? std::nullopt : at;
}

} // namespace

std::vector<std::size_t> steps_behind(std::span<const StepResult> steps) {
  std::vector<std::size_t> behind;
  if (steps.empty() || steps.back().evidence.validation) return behind;
  std::size_t sender = steps.size() - 1;
  if (own_exchanges(steps.back()).empty()) {
    if (!steps.back().evidence.page) return behind;
    const auto before = sender_before(steps, sender);
    if (!before) return behind;
    sender = *before;
    behind.push_back(sender);
  }
  if (const auto attempt = attempt_before(steps, sender, steps.back().evidence.page))
    behind.insert(behind.begin(), *attempt);
  return behind;
}

} // namespace murphy::record
