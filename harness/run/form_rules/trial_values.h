// From rules to the values that prove them: what each rule requires, what the page declares of it, and which values lie
// on either side of it. Pure.
#pragma once

#include "drive/driver.h"
#include "record/validation.h"
#include "run/form_rules/fresh.h"
#include "scenario/model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// How a value is made; lengths are in UTF-16 code units.
struct Recipe {
  enum class Kind {
    exact,     // `text`
    worded,    // `text`, a new word in place of each {}
    twisted,   // the field's valid value, changed in the way that `length` says
    stretched, // the field's valid value, brought to `length` so that nothing else about it breaks
    wide,      // the same, half of it in letters of several bytes
    different, // anything but the field's valid value
    listed,    // `listed`, expanded
    again,     // what the first valid submission had
    unset,     // an empty box, no choice
    left_out,  // nothing of the field's name
  };
  Kind kind = Kind::exact;
  std::string text{};
  std::size_t length = 0;
  const scenario::Text* listed = nullptr;
  // Of stretched values: none at all rather than one that breaks another rule of the field.
  bool keeps_others = false;
};

struct Trial {
  Recipe recipe{};
  bool accept = false; // whether the server has to accept the value
};

// A rule of a field: a row of the matrix.
struct RuledField {
  std::size_t field = 0;                       // of the form as seen
  const scenario::FieldRules* rules = nullptr; // null: the scenario says nothing of the field
  std::string rule;                            // "max_length"
  record::Requirement required;
  std::string declared;              // by the page, as written there
  std::size_t choices = 0;           // that the page offers
  record::TestedValue page_refuses;  // although it has to be accepted
  std::optional<std::int64_t> bound; // of the length
  record::Standing page = record::Standing::none;
  std::vector<record::RuleNote> notes;
  // Only the column behind the field makes the rule: any answer but a server error is right.
  bool is_of_column = false;
  std::vector<Trial> trials;
  // Sent when a value that is just too long was accepted: a bound that is off is looser, one that is not there is
  // missing.
  std::optional<Trial> far;
};

// A field to prove, with the value that it is valid with.
struct ProvedField {
  std::size_t field = 0;
  const scenario::FieldRules* rules = nullptr;
  std::string valid;
};

// The rules of these fields: those of the scenario, and those of the page that the scenario says nothing of.
std::vector<RuledField> rules_of(const drive::FormSeen& form, const std::vector<ProvedField>& fields);

// The type that the values of a field have: the scenario's, else the page's.
std::string value_type(const drive::FormField& field, const scenario::FieldRules* rules);
// The bounds of its length, in UTF-16 code units, the same way. `rules` may be null.
struct Lengths {
  std::optional<std::size_t> least, most;
};
Lengths lengths_of(const drive::FormField& field, const scenario::FieldRules* rules);

// A value of the type with exactly so many UTF-16 code units, made of `valid`, whose beginning it keeps where it can;
// its end is new each time. None when there is no such value.
std::optional<std::string> stretched(std::string_view type, std::string_view valid, std::size_t length, Fresh& fresh);
// `pattern` with a new word in place of each {}, as long as fits between the bounds of the whole.
std::string worded(std::string_view pattern, const Lengths& lengths, Fresh& fresh);
// The valid value, changed so that its pattern may break: another kind of letter, a sign. Its length stays where it
// can. `way` counts up to ways_to_twist.
constexpr std::size_t ways_to_twist = 11;
std::string twisted(std::string_view valid, std::size_t way, Fresh& fresh);
// The same by another way, which keeps more patterns: its last character again and again.
std::string drawn_out(std::string_view valid, std::size_t length);
// Whether neither the page nor the scenario has anything against the value but its length.
bool fits_but_for_length(const drive::FormField& field, const scenario::FieldRules* rules, std::string_view value);
// The same of any text; what follows its first half is letters of two bytes in UTF-8 and one unit in UTF-16.
std::string widened(std::string_view valid, std::size_t length, Fresh& fresh);

// What of a value may be shown. Of long ones only the beginning is, with their length.
enum class Shown { value, value_and_length, length };
record::TestedValue described(std::string_view value, Shown shown);

} // namespace murphy::run
