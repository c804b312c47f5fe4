#include "diagnose/fields.h"

#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/names.h"

#include <algorithm>
#include <set>
#include <utility>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;

std::set<std::string> as_set(const std::vector<std::string>& names) { return {names.begin(), names.end()}; }

std::vector<std::string> without(const std::set<std::string>& names, const std::set<std::string>& others) {
  std::vector<std::string> rest;
  std::ranges::set_difference(names, others, std::back_inserter(rest));
  return rest;
}

bool has_role(const std::vector<std::string>& fields, FieldRole role) {
  return std::ranges::any_of(fields, [&](const std::string& field) { return role_of(field) == role; });
}

} // namespace

std::optional<Misfit> misfit(const Evidence& evidence) {
  if (evidence.fields.empty()) return std::nullopt;
  if (evidence.known_good && !evidence.known_good->fields.empty()) {
    const auto now = as_set(evidence.fields), before = as_set(evidence.known_good->fields);
    const auto gone = without(before, now), added = without(now, before);
    for (const std::string& name : added) {
      const auto near = nearest(name, gone);
      if (near.size() == 1)
        return Misfit{std::string(last_part(name)), std::string(last_part(near.front())), "known-good record", true};
    }
    if (gone.size() == 1 && added.size() == 1)
      return Misfit{std::string(last_part(added.front())), std::string(last_part(gone.front())), "known-good record",
                    true};
    return std::nullopt;
  }
  // Without a record: a name that is nearly a usual one, where none of its kind is.
  for (const FieldRole role : {FieldRole::password, FieldRole::user, FieldRole::token}) {
    if (has_role(evidence.fields, role)) continue;
    for (const std::string& field : evidence.fields) {
      if (role_of(field) != FieldRole::other) continue;
      const std::string name(last_part(field));
      const std::string usual = usual_spelling(name.starts_with('_') ? name.substr(1) : name);
      if (!usual.empty() && role_of(usual) == role)
        return Misfit{name, (name.starts_with('_') ? "_" : "") + usual, "usual spelling", false};
    }
  }
  // None of its kind among them: the one that only begins like one ("pp", "pwdd", "usr").
  for (const auto& [role, letter] : {std::pair(FieldRole::password, 'p'), std::pair(FieldRole::user, 'u')}) {
    if (has_role(evidence.fields, role)) continue;
    for (const std::string& field : evidence.fields) {
      const std::string name = ascii_lower(last_part(field));
      if (role_of(field) == FieldRole::other && name.size() <= 6 && name.starts_with(letter))
        return Misfit{std::string(last_part(field)), {}, {}, false};
    }
  }
  return std::nullopt;
}

std::string misfit_cause(const Misfit& field) {
  std::string cause = "the form sends \"" + field.name + "\"";
  if (field.meant.empty()) return cause + ", which is no usual name for what it holds";
  return cause + (field.certain ? " where it sent \"" : "; it looks like a misspelling of \"") + field.meant + "\"" +
         (field.certain ? " before" : "");
}

std::string missing_token(const Evidence& evidence) {
  if (!evidence.known_good) return {};
  for (const std::string& field : evidence.known_good->fields)
    if (role_of(field) == FieldRole::token && std::ranges::find(evidence.fields, field) == evidence.fields.end())
      return field;
  return {};
}

LayerGuess csrf_layer(const Evidence& evidence) {
  const bool sent = has_role(evidence.fields, FieldRole::token);
  if (!missing_token(evidence).empty()) return {Layer::view, Layer::unknown, Confidence::medium};
  if (!evidence.fields.empty() && !sent) return {Layer::view, Layer::session, Confidence::medium};
  return {Layer::session, Layer::config, Confidence::medium};
}

} // namespace murphy::diagnose
