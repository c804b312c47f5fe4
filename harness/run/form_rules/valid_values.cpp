#include "run/form_rules/valid_values.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "run/form_rules/made_up_values.h"
#include "run/form_rules/trial_values.h"
#include "run/shared/field_value.h"
#include "scenario/field_rules.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {
namespace {

std::unexpected<Error> no_value(const TrialField& entry, const scenario::Text* text) {
  const drive::FormField& field = *entry.seen;
  return std::unexpected(
      Error{.kind = ErrorKind::usage,
            .what = fmt::format("no valid value is known for “{}”{}", entry.called,
                                field.pattern.empty() ? "" : ", which has to match " + field.pattern),
            .hint = fmt::format("give one: valid = {{ \"{}\" = {} }}", entry.called,
                                field.type == "file" ? "{ file = \"…\" }" : "\"…\""),
            .place = text != nullptr ? text->place : Place{},
            .source_line = text != nullptr ? text->source_line : SharedText()});
}

Value as_value(std::string text, const drive::FormField& field, scenario::Scope& scope) {
  if (is_password_type(field.type)) return scope.learn(std::move(text), "password");
  return Value(std::move(text));
}

Result<ValidValue> valid_value(const TrialField& entry, scenario::Scope& scope) {
  const drive::FormField& field = *entry.seen;
  ValidValue made;
  if (!field.barred.empty() && field.type != "file") return made;
  if (entry.valid != nullptr) {
    auto value = field_value(entry.valid->value, scope);
    if (!value) return std::unexpected(value.error());
    made.sent = std::move(*value);
    return made;
  }
  if (entry.rules != nullptr && !entry.rules->accepts.empty()) {
    auto value = scope.resolve(entry.rules->accepts.front());
    if (!value) return std::unexpected(value.error());
    made.sent = std::move(*value);
    return made;
  }
  const bool is_stated = entry.rules != nullptr && entry.rules->required.value_or(false);
  const bool is_required = field.required || is_stated || entry.rules != nullptr || entry.is_needed;
  if (!is_required && !entry.is_proved) return made;
  if (field.type == "checkbox") {
    if (!field.checked && (field.required || is_stated)) made.sent = true;
    return made;
  }
  if (!field.value.empty()) {
    // A value that was accepted may stand in the page by now: what it had at first goes out.
    if (field.type != "radio") made.sent = as_value(field.value, field, scope);
    return made;
  }
  if (!field.options.empty()) {
    if (is_required) made.sent = Value(field.options.front());
    return made;
  }
  if (field.type == "select" || field.type == "radio") return made;
  if (field.type == "file") {
    if (field.required || is_stated) return no_value(entry, nullptr);
    return made;
  }
  // What is made up for a field differs from field to field, so that none contains another.
  Fresh fresh(unique_text(scope) + " " + entry.words);
  auto value = made_up_value(field, entry.rules, fresh);
  if (!value) {
    if (!is_required) return made;
    return no_value(entry, entry.rules != nullptr ? &entry.rules->field : nullptr);
  }
  if (!is_required) {
    made.spare = std::move(*value);
    made.sent = Value(std::string());
    return made;
  }
  made.is_made_up = true;
  made.sent = as_value(std::move(*value), field, scope);
  return made;
}

} // namespace

std::string unique_text(scenario::Scope& scope) {
  scenario::Text unique;
  unique.split = std::vector{scenario::Text::Part::reference_to("unique")};
  return scope.resolve_words(unique).value_or("");
}

Result<std::vector<ValidValue>> valid_values(const std::vector<TrialField>& entries, scenario::Scope& scope) {
  std::vector<ValidValue> values;
  for (const TrialField& entry : entries) {
    auto value = valid_value(entry, scope);
    if (!value) return std::unexpected(value.error());
    values.push_back(std::move(*value));
  }
  for (std::size_t i = 0; i < entries.size(); ++i)
    if (entries[i].same_as && entries[i].valid == nullptr) values[i] = values[*entries[i].same_as];
  return values;
}

} // namespace murphy::run
