#include "diagnose/fields.h"

#include "base/label.h"
#include "base/nearest.h"
#include "base/text.h"
#include "diagnose/names.h"

#include <algorithm>
#include <cctype>
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

std::vector<std::string> label_words(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (const char c : ascii_lower(text) + " ") {
    if (std::isalnum(static_cast<unsigned char>(c)) != 0)
      word += c;
    else if (!word.empty())
      words.push_back(std::exchange(word, {}));
  }
  return words;
}

// Frameworks make a field's id from its name: "user_password" of "user[password]", "id_password" of "password". What
// the id says in place of the name's last part, where the two are near or of one kind; else empty.
std::string name_in_id(const SentField& field, const std::vector<Tag>& tags) {
  const auto named = std::ranges::find_if(tags, [&](const Tag& tag) {
    const auto name = tag.attributes.find("name");
    return name != tag.attributes.end() && name->second == field.name && tag.attributes.contains("id");
  });
  if (named == tags.end()) return {};
  const std::string name = ascii_lower(last_part(field.name));
  std::string id = ascii_lower(named->attributes.at("id"));
  std::string container = ascii_lower(field.name.substr(0, field.name.find('[')));
  for (const std::string& prefix : {container + "_", container + "-", std::string("id_"), std::string("id-")})
    if (id.starts_with(prefix) && id.size() > prefix.size()) {
      id.erase(0, prefix.size());
      break;
    }
  if (id == name) return {};
  const bool one_kind = role_of(id) != FieldRole::other && role_of(id) == role_of(name);
  return one_kind || nearest(name, {id}).size() == 1 ? id : std::string();
}

bool says_empty(std::string_view error) {
  const std::string lower = ascii_lower(error);
  for (const std::string_view word : {"required", "blank", "empty", "missing", "fill in", "fill out", "not be null",
                                      "not provided", "please provide", "must be provided", "enter your", "must enter"})
    if (lower.contains(word)) return true;
  return false;
}

} // namespace

std::optional<MisnamedField> misnamed_field(const Evidence& evidence) {
  if (evidence.fields.empty()) return std::nullopt;
  if (evidence.known_good && !evidence.known_good->fields.empty()) {
    const auto now = as_set(evidence.fields), before = as_set(evidence.known_good->fields);
    const auto gone = without(before, now), added = without(now, before);
    for (const std::string& name : added) {
      const auto near = nearest(name, gone);
      if (near.size() == 1)
        return MisnamedField{.name = std::string(last_part(name)),
                             .meant = std::string(last_part(near.front())),
                             .whole = name,
                             .whole_meant = near.front(),
                             .origin = record::SuggestionOrigin::baseline,
                             .certain = true};
    }
    if (gone.size() == 1 && added.size() == 1)
      return MisnamedField{.name = std::string(last_part(added.front())),
                           .meant = std::string(last_part(gone.front())),
                           .whole = added.front(),
                           .whole_meant = gone.front(),
                           .origin = record::SuggestionOrigin::baseline,
                           .certain = true};
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
        return MisnamedField{.name = name,
                             .meant = (name.starts_with('_') ? "_" : "") + usual,
                             .whole = field,
                             .whole_meant = {},
                             .origin = record::SuggestionOrigin::usual_spelling};
    }
  }
  // Of its kind by one word, and another word of it is a slip: "_crsf_token".
  for (const std::string& field : evidence.fields) {
    const std::string name(last_part(field));
    if (role_of(field) != FieldRole::token || is_usual(name)) continue;
    if (std::string usual = usual_spelling(name); !usual.empty() && is_usual(usual))
      return MisnamedField{.name = name,
                           .meant = std::move(usual),
                           .whole = field,
                           .whole_meant = {},
                           .origin = record::SuggestionOrigin::usual_spelling};
  }
  // None of its kind among them: the one that only begins like one ("pp", "pwdd", "usr").
  for (const auto& [role, letter] : {std::pair(FieldRole::password, 'p'), std::pair(FieldRole::user, 'u')}) {
    if (has_role(evidence.fields, role)) continue;
    for (const std::string& field : evidence.fields) {
      const std::string name = ascii_lower(last_part(field));
      if (role_of(field) == FieldRole::other && name.size() <= 6 && name.starts_with(letter))
        return MisnamedField{.name = std::string(last_part(field)),
                             .meant = {},
                             .whole = field,
                             .whole_meant = {},
                             .origin = record::SuggestionOrigin::none};
    }
  }
  return std::nullopt;
}

const record::ShownError* error_at(const std::vector<record::ShownError>& errors, const SentField& field) {
  const auto found =
      std::ranges::find_if(errors, [&](const record::ShownError& each) { return goes_by(each.labels, field.label); });
  return found == errors.end() ? nullptr : &*found;
}

std::optional<MisnamedField> unread_field(const Evidence& evidence) {
  if (!evidence.of_step || !evidence.of_step->sent) return std::nullopt;
  for (const SentField& field : evidence.of_step->sent->fields) {
    if (field.label.empty() || field.value.empty() || field.type == "hidden") continue;
    const record::ShownError* error = error_at(evidence.errors, field);
    if (error == nullptr) continue;
    const std::string name(last_part(field.name));
    if (const auto recorded = misnamed_field(evidence); recorded && recorded->certain) return recorded;
    if (const std::string id = name_in_id(field, evidence.of_step->tags); !id.empty())
      return MisnamedField{.name = name,
                           .meant = id,
                           .whole = field.name,
                           .whole_meant = {},
                           .origin = record::SuggestionOrigin::field_id};
    if (const auto near = nearest(name, label_words(field.label));
        near.size() == 1 && near.front() != ascii_lower(name))
      return MisnamedField{.name = name,
                           .meant = near.front(),
                           .whole = field.name,
                           .whole_meant = {},
                           .origin = record::SuggestionOrigin::field_label};
    if (says_empty(error->words))
      return MisnamedField{
          .name = name, .meant = {}, .whole = field.name, .whole_meant = {}, .origin = record::SuggestionOrigin::none};
  }
  return std::nullopt;
}

std::string misnamed_field_cause(const MisnamedField& field) {
  if (field.certain && !field.whole_meant.empty())
    return "the form no longer sends \"" + field.whole_meant + "\"; it has \"" + field.whole + "\"";
  std::string cause = "the form sends \"" + field.whole + "\"";
  const bool of_id = field.origin == record::SuggestionOrigin::field_id;
  if (of_id || field.origin == record::SuggestionOrigin::field_label)
    return cause + ", and the app finds nothing in it; the field's " + (of_id ? "id" : "label") + " says \"" +
           field.meant + "\"";
  if (field.meant.empty()) return cause + ", which is no name that the app reads";
  return cause + "; it looks like a misspelling of \"" + field.meant + "\"";
}

std::string missing_token(const Evidence& evidence) {
  if (!evidence.known_good) return {};
  for (const std::string& field : evidence.known_good->fields)
    if (role_of(field) == FieldRole::token && std::ranges::find(evidence.fields, field) == evidence.fields.end())
      return field;
  return {};
}

std::string empty_token(const Evidence& evidence) {
  if (!evidence.of_step || !evidence.of_step->sent) return {};
  for (const SentField& field : evidence.of_step->sent->fields)
    if (field.type == "hidden" && field.value.empty() && role_of(field.name) == FieldRole::token) return field.name;
  return {};
}

std::string field_the_page_names(const Evidence& evidence) {
  const std::string words = ascii_lower(evidence.page);
  for (const auto& [word, role] : {std::pair("password", FieldRole::password), std::pair("email", FieldRole::user),
                                   std::pair("user", FieldRole::user)}) {
    if (!words.contains(word)) continue;
    for (const std::string& field : evidence.fields)
      if (role_of(field) == role) return std::string(last_part(field));
  }
  return {};
}

LayerGuess csrf_layer(const Evidence& evidence) {
  // What the scenario sends in place of a form is its own to get right.
  if (evidence.of_step && evidence.of_step->sent && evidence.of_step->sent->made_up)
    return {Layer::harness, Layer::session, Confidence::medium};
  const bool sent = has_role(evidence.fields, FieldRole::token);
  if (!missing_token(evidence).empty() || !empty_token(evidence).empty())
    return {Layer::view, Layer::unknown, Confidence::medium};
  if (const auto field = misnamed_field(evidence); field && role_of(field->meant) == FieldRole::token)
    return {Layer::view, Layer::unknown, Confidence::medium};
  if (!evidence.fields.empty() && !sent) return {Layer::view, Layer::session, Confidence::medium};
  return {Layer::session, Layer::config, Confidence::medium};
}

} // namespace murphy::diagnose
