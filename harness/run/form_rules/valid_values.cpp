#include "run/form_rules/valid_values.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "run/form_rules/trial_values.h"
#include "run/shared/field_value.h"
#include "scenario/field_rules.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {
namespace {

// Text of literal parts around one reference.
scenario::Text text_with(std::string before, std::string reference, std::string after) {
  using Part = scenario::Text::Part;
  scenario::Text text;
  text.parts = {Part::literal(std::move(before)), Part::reference_to(std::move(reference)),
                Part::literal(std::move(after))};
  return text;
}

std::optional<std::string> made_up(const TrialField& entry, scenario::Scope& scope) {
  const drive::FormField& field = *entry.seen;
  const std::string type = value_type(field, entry.rules);
  const auto expanded = [&](std::string before, const char* reference, std::string after) {
    return scope.resolve_words(text_with(std::move(before), reference, std::move(after))).value_or("");
  };
  const std::string& min = entry.rules != nullptr && !entry.rules->min.empty() ? entry.rules->min : field.min;
  const std::string& max = entry.rules != nullptr && !entry.rules->max.empty() ? entry.rules->max : field.max;
  if (scenario::has_range(type)) {
    if (!min.empty()) return min;
    if (!max.empty()) return max;
    return type == "date" ? "2000-01-31" : type == "time" ? "12:00" : "1";
  }
  if (field.type == "month") return "2026-01";
  if (field.type == "week") return "2026-W01";
  if (field.type == "datetime-local") return "2026-01-31T12:00";
  if (field.type == "color") return "#336699";
  if (field.type == "tel") return "+1 212 555 0100";
  std::string value = type == "email"                ? expanded("", "unique:email", "")
                      : type == "url"                ? expanded("https://example.com/", "unique", "")
                      : is_password_type(field.type) ? expanded("Murphy-", "unique", "-Q7")
                                                     : expanded("Murphy ", "unique", "");
  const auto& least = entry.rules != nullptr && entry.rules->min_length ? entry.rules->min_length : field.min_length;
  const auto& most = entry.rules != nullptr && entry.rules->max_length ? entry.rules->max_length : field.max_length;
  const std::size_t length = utf16_length(value);
  if (least && length < *least) return stretched(type, value, *least);
  if (most && length > *most) return stretched(type, value, *most);
  return value;
}

std::unexpected<Error> no_value(const TrialField& entry, const scenario::Text* text) {
  const drive::FormField& field = *entry.seen;
  return std::unexpected(
      Error{.kind = ErrorKind::usage,
            .what = fmt::format("no valid value is known for “{}”{}", entry.called,
                                field.pattern.empty() ? "" : ", which has to match " + field.pattern),
            .hint = fmt::format("give one: valid = {{ \"{}\" = {} }}", entry.called,
                                field.type == "file" ? "{ file = \"…\" }" : "\"…\""),
            .place = text != nullptr ? text->place : Place{},
            .source_line = text != nullptr ? text->source_line : std::string()});
}

Result<std::optional<drive::FieldValue>> valid_value(const TrialField& entry, scenario::Scope& scope) {
  const drive::FormField& field = *entry.seen;
  if (!field.barred.empty() && field.type != "file") return std::nullopt;
  if (entry.valid != nullptr) {
    auto value = field_value(entry.valid->value, scope);
    if (!value) return std::unexpected(value.error());
    return std::move(*value);
  }
  if (entry.rules != nullptr && !entry.rules->accepts.empty()) {
    auto value = scope.resolve(entry.rules->accepts.front());
    if (!value) return std::unexpected(value.error());
    return std::move(*value);
  }
  const bool is_required =
      field.required || entry.is_proved || (entry.rules != nullptr && entry.rules->required.value_or(false));
  if (!is_required) return std::nullopt;
  if (field.type == "checkbox") {
    if (field.checked || (!field.required && (entry.rules == nullptr || !entry.rules->required.value_or(false))))
      return std::nullopt;
    const drive::FieldValue ticked = true;
    return ticked;
  }
  if (!field.value.empty()) return std::nullopt;
  if (!field.options.empty()) return drive::FieldValue(Value(field.options.front()));
  if (field.type == "select" || field.type == "radio") return std::nullopt;
  if (field.type == "file") return no_value(entry, nullptr);
  auto value = made_up(entry, scope);
  const bool fits = value && field.allows(*value) != drive::Allowed::no &&
                    (entry.rules == nullptr || scenario::broken_rule(*entry.rules, *value).empty());
  if (!fits) return no_value(entry, entry.rules != nullptr ? &entry.rules->field : nullptr);
  if (is_password_type(field.type)) return drive::FieldValue(scope.learn(std::move(*value), "password"));
  return drive::FieldValue(Value(std::move(*value)));
}

} // namespace

Result<std::vector<std::optional<drive::FieldValue>>> valid_values(const std::vector<TrialField>& entries,
                                                                   scenario::Scope& scope) {
  std::vector<std::optional<drive::FieldValue>> values;
  for (const TrialField& entry : entries) {
    auto value = valid_value(entry, scope);
    if (!value) return std::unexpected(value.error());
    values.push_back(std::move(*value));
  }
  // A second password field is there to repeat the first, whether or not the scenario says so.
  std::optional<std::size_t> password;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const bool is_own = entries[i].valid != nullptr;
    if (entries[i].same_as && !is_own) {
      values[i] = values[*entries[i].same_as];
    } else if (is_password_type(entries[i].seen->type) && !is_own && values[i]) {
      if (password) values[i] = values[*password];
      if (!password) password = i;
    }
  }
  return values;
}

} // namespace murphy::run
