#include "run/form_rules/trial_values.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "run/form_rules/columns.h"
#include "scenario/field_rules.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <fmt/format.h>

namespace murphy::run {
namespace {

using record::Standing;
using Note = record::RuleNote::Kind;

// Longer values are no test of a form but of the server's patience.
constexpr std::size_t longest_probe = 200'000;

Trial refuse(Recipe recipe) { return {.recipe = std::move(recipe), .accept = false}; }
Trial accept(Recipe recipe) {
  recipe.keeps_others = true;
  return {.recipe = std::move(recipe), .accept = true};
}
Recipe exactly(std::string text) { return {.kind = Recipe::Kind::exact, .text = std::move(text)}; }
Recipe made(Recipe::Kind kind, std::size_t length = 0) { return {.kind = kind, .length = length}; }
Recipe from(const scenario::Text& text) { return {.kind = Recipe::Kind::listed, .listed = &text}; }

// The first `units` UTF-16 code units; less where a character would be cut.
std::string head(std::string_view text, std::size_t units) {
  std::string result;
  std::size_t taken = 0;
  while (!text.empty()) {
    const std::string_view before = text;
    const std::size_t width = next_code_point(text) > 0xFFFF ? 2 : 1;
    if (taken + width > units) break;
    taken += width;
    result += before.substr(0, before.size() - text.size());
  }
  return result;
}

// A day, month or week that does not exist, within the bounds where there is one.
std::string within(const std::vector<std::string>& candidates, std::string_view min, std::string_view max) {
  for (const std::string& each : candidates)
    if ((min.empty() || each >= min) && (max.empty() || each <= max)) return each;
  return candidates.front();
}

// Values that servers which do not look take for one of the type. They keep the other rules where they can.
std::vector<Recipe> not_of_type(std::string_view type, std::string_view valid, std::string_view min,
                                std::string_view max) {
  const auto words = [](std::initializer_list<const char*> texts) {
    std::vector<Recipe> recipes;
    for (const char* text : texts) recipes.push_back({.kind = Recipe::Kind::worded, .text = text});
    return recipes;
  };
  const auto texts = [](std::vector<std::string> all) {
    std::vector<Recipe> recipes;
    for (std::string& text : all) recipes.push_back(exactly(std::move(text)));
    return recipes;
  };
  const std::string year(valid.substr(0, 4));
  if (type == "email") return words({"{}", "{}@b@c", "two {}@example.com"});
  if (type == "url") return words({"{}", "http{}"});
  if (type == "number" || type == "range") return texts({std::string(valid) + "abc", "twelve"});
  if (type == "date") {
    const std::string later = std::string(max.substr(0, 4)), month(valid.substr(0, 7));
    return texts({within({year + "-02-30", later + "-02-30", month + "-32", month + "-00"}, min, max), "yesterday"});
  }
  if (type == "time") return texts({within({std::string(valid.substr(0, 2)) + ":60", "24:00"}, min, max), "noon"});
  if (type == "month") return texts({within({year + "-13", year + "-00"}, min, max), "January"});
  if (type == "week") return texts({within({year + "-W54", year + "-W00"}, min, max), "next week"});
  if (type == "datetime-local")
    return texts({within({year + "-02-30T12:00", std::string(valid.substr(0, 11)) + "24:00"}, min, max), "yesterday"});
  if (type == "color") return texts({"#12345g", "blue"});
  return {};
}

scenario::FieldRules of_any_length(scenario::FieldRules rules) {
  rules.min_length.reset();
  rules.max_length.reset();
  return rules;
}

class FieldRows {
public:
  FieldRows(const drive::FormSeen& form, const ProvedField& proved)
      : field_(form.fields[proved.field]), proved_(proved), rules_(proved.rules),
        type_(value_type(field_, proved.rules)), is_unchecked_(form.is_unchecked) {}

  std::vector<RuledField> run() {
    required();
    type();
    lengths();
    range();
    step();
    pattern();
    options();
    examples();
    same_as();
    return std::move(rows_);
  }

private:
  RuledField& row(std::string rule, record::Requirement required, std::string declared, Standing page) {
    RuledField& made = rows_.emplace_back();
    made.field = proved_.field;
    made.rules = rules_;
    made.rule = std::move(rule);
    made.required = std::move(required);
    made.declared = std::move(declared);
    made.page = page;
    // A scenario may hold only the server to its rules.
    if (rules_ != nullptr && !rules_->page && page == Standing::missing) made.page = Standing::none;
    const bool is_declared = page == Standing::enforced || page == Standing::looser || page == Standing::stricter;
    if (is_unchecked_ && is_declared && !made.declared.empty()) made.page = Standing::unchecked;
    return made;
  }

  void required() {
    const bool stated = rules_ != nullptr && rules_->required;
    if (!stated && !field_.required) return;
    const std::string declared = field_.required ? "required" : "";
    if (stated && !*rules_->required) {
      row("required", stated_as(0), declared, field_.required ? Standing::stricter : Standing::enforced).trials = {
          accept(holds_text(field_) ? exactly("") : made(Recipe::Kind::unset))};
      return;
    }
    RuledField& added = row("required", stated ? stated_as(1) : record::Requirement{}, declared,
                            field_.required ? Standing::enforced : Standing::missing);
    if (!holds_text(field_)) {
      // Nothing chosen is nothing sent, but for a list that has such a choice.
      if (field_.type == "select") added.trials = {refuse(made(Recipe::Kind::unset))};
      added.trials.push_back(refuse(made(Recipe::Kind::left_out)));
      return;
    }
    added.trials = {refuse(exactly("")), refuse(made(Recipe::Kind::left_out))};
    // To HTML blanks are something; to whoever writes "required" they are not, but in a password.
    if (stated && !is_password_type(field_.type) && !scenario::has_range(type_))
      added.trials.push_back(refuse(exactly("   ")));
  }

  void type() {
    const bool stated = rules_ != nullptr && !rules_->type.empty();
    const std::string& type = stated ? rules_->type : field_.type;
    const std::vector<Recipe> wrong = not_of_type(type, proved_.valid, min(), max());
    if (wrong.empty()) return;
    const bool same = !stated || rules_->type == field_.type;
    RuledField& added = row("type", stated ? stated_as(rules_->type) : record::Requirement{}, "type=" + field_.type,
                            same ? Standing::enforced : Standing::missing);
    for (const Recipe& recipe : wrong) added.trials.push_back(refuse(recipe));
  }

  const std::string& min() const { return rules_ != nullptr && !rules_->min.empty() ? rules_->min : field_.min; }
  const std::string& max() const { return rules_ != nullptr && !rules_->max.empty() ? rules_->max : field_.max; }

  static record::Requirement stated_as(std::string text) { return {true, 0, std::move(text)}; }
  static record::Requirement stated_as(std::size_t number) { return {true, static_cast<std::int64_t>(number), {}}; }

  enum class Bound { lower, upper };

  // How a bound of the page stands to the one required: `tighter` when it lets less through.
  static Standing against(std::optional<double> required, std::optional<double> declared, Bound bound) {
    if (!required) return Standing::enforced;
    if (!declared) return Standing::missing;
    if (*required == *declared) return Standing::enforced;
    return (*declared < *required) == (bound == Bound::upper) ? Standing::stricter : Standing::looser;
  }

  static std::optional<double> number(const std::optional<std::size_t>& length) {
    if (!length) return std::nullopt;
    return static_cast<double>(*length);
  }

  void lengths() {
    if (!holds_text(field_) || !scenario::has_lengths(type_)) return;
    const std::optional<std::size_t> none;
    const auto& stated_min = rules_ != nullptr ? rules_->min_length : none;
    const auto& stated_max = rules_ != nullptr ? rules_->max_length : none;
    // Letters of several bytes are worth a try only where any letters are.
    const bool any_letters = type_.empty() && field_.pattern.empty() && (rules_ == nullptr || rules_->pattern.empty());
    if (const auto min = stated_min ? stated_min : field_.min_length; min && *min > 0 && *min <= longest_probe) {
      RuledField& added = row("min_length", stated_min ? stated_as(*min) : record::Requirement{},
                              field_.min_length ? fmt::format("minlength={}", *field_.min_length) : "",
                              against(number(stated_min), number(field_.min_length), Bound::lower));
      added.trials.push_back(accept(made(Recipe::Kind::stretched, *min)));
      if (*min > 1) added.trials.push_back(refuse(made(Recipe::Kind::stretched, *min - 1)));
      if (*min > 2 && any_letters && stated_min) added.trials.push_back(refuse(made(Recipe::Kind::wide, *min - 1)));
      if (*min > 3) added.far = refuse(made(Recipe::Kind::stretched, 1));
    }
    if (const auto max = stated_max ? stated_max : field_.max_length) {
      RuledField& added = row("max_length", stated_max ? stated_as(*max) : record::Requirement{},
                              field_.max_length ? fmt::format("maxlength={}", *field_.max_length) : "",
                              against(number(stated_max), number(field_.max_length), Bound::upper));
      added.bound = static_cast<std::int64_t>(*max);
      if (*max > longest_probe) {
        added.notes = {{Note::too_long, {}}};
        return;
      }
      // One that is taken in letters of several bytes is taken in any.
      if (any_letters && *max > 1) added.trials.push_back(accept(made(Recipe::Kind::wide, *max)));
      added.trials.push_back(accept(made(Recipe::Kind::stretched, *max)));
      added.trials.push_back(refuse(made(Recipe::Kind::stretched, *max + 1)));
      added.far = refuse(made(Recipe::Kind::stretched, *max * 2 + 100));
    }
  }

  double unit() const {
    const std::string& step = rules_ != nullptr && !rules_->step.empty() ? rules_->step : field_.step;
    return std::max(scenario::to_step(type_, step).value_or(1), 1e-9);
  }

  void range() {
    if (!scenario::has_range(type_)) return;
    const std::string none;
    const std::string& stated_min = rules_ != nullptr ? rules_->min : none;
    const std::string& stated_max = rules_ != nullptr ? rules_->max : none;
    const auto add = [&](const std::string& stated, const std::string& declared, Bound side) {
      const auto bound = scenario::to_number(type_, stated.empty() ? declared : stated);
      if (!bound) return;
      const bool upper = side == Bound::upper;
      const char* name = upper ? "max" : "min";
      RuledField& added = row(name, stated.empty() ? record::Requirement{} : stated_as(stated),
                              declared.empty() ? "" : fmt::format("{}={}", name, declared),
                              against(scenario::to_number(type_, stated), scenario::to_number(type_, declared), side));
      const double away = upper ? unit() : -unit();
      if (is_on_step(*bound)) added.trials.push_back(accept(exactly(scenario::from_number(type_, *bound))));
      // A day has no time beyond its last minute.
      const std::string beyond = scenario::from_number(type_, *bound + away);
      if (scenario::to_number(type_, beyond) != *bound) added.trials.push_back(refuse(exactly(beyond)));
      if (type_ != "time") added.far = refuse(exactly(scenario::from_number(type_, *bound + away * 1000)));
    };
    add(stated_min, field_.min, Bound::lower);
    add(stated_max, field_.max, Bound::upper);
  }

  double base() const { return scenario::to_number(type_, min()).value_or(0); }

  bool is_on_step(double number) const {
    const std::string& step = rules_ != nullptr && !rules_->step.empty() ? rules_->step : field_.step;
    if (scenario::to_step(type_, step).value_or(0) <= 0) return true;
    const double steps = (number - base()) / unit();
    return std::abs(steps - std::round(steps)) < 1e-6;
  }

  void step() {
    if (!scenario::has_range(type_)) return;
    const std::string stated = rules_ != nullptr ? rules_->step : "";
    const auto stated_step = scenario::to_step(type_, stated);
    // The default step lets through less than what is required, or just that.
    const bool by_default = field_.step.empty() && field_.has_default_step && (!stated_step || *stated_step <= 1);
    const std::string declared_step = by_default ? "1" : field_.step;
    const auto declared = scenario::to_step(type_, declared_step);
    const auto step = stated_step ? stated_step : declared;
    if (!step || *step <= 0) return;
    Standing page = against(stated_step, declared, Bound::lower);
    if (page == Standing::stricter || page == Standing::looser)
      page = *declared > *step ? Standing::stricter : Standing::looser;
    RuledField& added = row("step", stated.empty() ? record::Requirement{} : stated_as(stated),
                            declared_step.empty() ? "" : "step=" + declared_step, page);
    const bool whole = type_ != "number" && type_ != "range";
    if (whole && *step < 2) {
      added.notes = {{Note::no_value_between, {}}};
      return;
    }
    const double between = whole ? 1 : *step / 2;
    const auto most = scenario::to_number(type_, max());
    double value = base() + *step + between;
    if (most && value > *most) value = base() + between;
    if (most && value > *most) {
      added.notes = {{Note::no_value_between, {}}};
      return;
    }
    added.trials = {refuse(exactly(scenario::from_number(type_, value)))};
  }

  void pattern() {
    if (!holds_text(field_) || !scenario::has_lengths(type_)) return;
    const bool stated = rules_ != nullptr && !rules_->pattern.empty();
    if (!stated && (field_.pattern.empty() || !field_.pattern_ignored.empty())) {
      // What browsers ignore is a rule all the same to whoever wrote it.
      if (field_.pattern.empty()) return;
    }
    Standing page = Standing::enforced;
    if (!field_.pattern_ignored.empty() || field_.pattern.empty()) {
      page = Standing::missing;
    } else if (stated && rules_->pattern != field_.pattern) {
      page = compared_pattern();
    }
    RuledField& added = row("pattern", stated ? stated_as(rules_->pattern) : record::Requirement{},
                            field_.pattern.empty() ? "" : fmt::format("pattern={}", field_.pattern), page);
    if (!field_.pattern_ignored.empty()) added.notes = {{Note::ignored_pattern, field_.pattern_ignored}};
    const auto breaks = [&](const std::string& value) {
      if (value == proved_.valid) return false;
      if (stated) return scenario::broken_rule(of_any_length(*rules_), value) == "pattern";
      return field_.pattern_ignored.empty() && field_.allows_at_any_length &&
             field_.allows_at_any_length(value) == drive::Allowed::no;
    };
    // What breaks the pattern alone, before what breaks a length as well.
    for (const bool at_any_length : {false, true}) {
      if (!added.trials.empty()) break;
      for (std::size_t way = 0; way < ways_to_twist && added.trials.size() < 3; ++way) {
        Fresh fresh(proved_.valid);
        const std::string value = twisted(proved_.valid, way, fresh);
        if (breaks(value) && (at_any_length || fits_lengths(value)))
          added.trials.push_back(refuse(made(Recipe::Kind::twisted, way)));
      }
    }
    if (added.trials.empty() && added.notes.empty()) added.notes = {{Note::no_breaking_value, {}}};
  }

  bool fits_lengths(std::string_view value) const {
    const std::size_t length = utf16_length(value);
    const auto fits = [&](const std::optional<std::size_t>& least, const std::optional<std::size_t>& most) {
      return (!least || length >= *least) && (!most || length <= *most);
    };
    return fits(field_.min_length, field_.max_length) &&
           (rules_ == nullptr || fits(rules_->min_length, rules_->max_length));
  }

  // Two patterns that are written differently are compared by what they say of the values at hand.
  Standing compared_pattern() const {
    if (!field_.allows) return Standing::unknown;
    bool sure = true;
    const auto says = [&](std::string_view value) {
      const drive::Allowed allowed = field_.allows(value);
      sure = sure && allowed != drive::Allowed::unknown;
      return allowed;
    };
    if (says(proved_.valid) == drive::Allowed::no) return Standing::stricter;
    for (const scenario::Text& text : rules_->accepts)
      if (text.is_literal() && says(text.source) == drive::Allowed::no) return Standing::stricter;
    for (std::size_t way = 0; way < ways_to_twist; ++way) {
      Fresh fresh(proved_.valid);
      const std::string value = twisted(proved_.valid, way, fresh);
      if (scenario::broken_rule(*rules_, value) == "pattern" && says(value) == drive::Allowed::yes)
        return Standing::looser;
    }
    return sure ? Standing::enforced : Standing::unknown;
  }

  void options() {
    if (field_.options.empty() || (rules_ == nullptr && !field_.required)) return;
    RuledField& added = row("options", {}, {}, Standing::enforced);
    added.choices = field_.options.size();
    added.trials = {refuse(exactly("murphy-was-not-offered"))};
  }

  void examples() {
    if (rules_ == nullptr) return;
    if (!rules_->accepts.empty()) {
      RuledField& added = row("accepts", stated_as(rules_->accepts.size()), "", Standing::enforced);
      for (const scenario::Text& text : rules_->accepts) {
        added.trials.push_back(accept(from(text)));
        if (!text.is_literal() || !field_.allows) continue;
        const drive::Allowed allowed = field_.allows(text.source);
        if (allowed == drive::Allowed::no) {
          added.page = Standing::stricter;
          added.page_refuses = described(text.source, is_password_type(field_.type) ? Shown::length : Shown::value);
        } else if (allowed == drive::Allowed::unknown && added.page == Standing::enforced) {
          added.page = Standing::unknown;
        }
      }
    }
    if (!rules_->rejects.empty()) {
      // What the page lets through here is for the server to refuse.
      RuledField& added = row("rejects", stated_as(rules_->rejects.size()), "", Standing::none);
      for (const scenario::Text& text : rules_->rejects) added.trials.push_back(refuse(from(text)));
    }
  }

  void same_as() {
    if (rules_ == nullptr || !rules_->same_as) return;
    row("same_as", stated_as(rules_->same_as->source), "", Standing::none).trials = {
        refuse(made(Recipe::Kind::different))};
  }

  const drive::FormField& field_;
  const ProvedField& proved_;
  const scenario::FieldRules* rules_;
  std::string type_;
  bool is_unchecked_; // browsers send the form whatever is in it
  std::vector<RuledField> rows_;
};

} // namespace

std::string value_type(const drive::FormField& field, const scenario::FieldRules* rules) {
  if (rules != nullptr) {
    if (std::string type = scenario::meant_type(*rules); !type.empty()) return type;
  }
  const bool has_rules = std::ranges::find(scenario::value_types(), field.type) != scenario::value_types().end();
  return has_rules ? field.type : "";
}

Lengths lengths_of(const drive::FormField& field, const scenario::FieldRules* rules) {
  return {.least = rules != nullptr && rules->min_length ? rules->min_length : field.min_length,
          .most = rules != nullptr && rules->max_length ? rules->max_length : field.max_length};
}

std::vector<RuledField> rules_of(const drive::FormSeen& form, const std::vector<ProvedField>& fields) {
  std::vector<RuledField> rows;
  for (const ProvedField& proved : fields) {
    for (RuledField& row : FieldRows(form, proved).run()) rows.push_back(std::move(row));
  }
  return rows;
}

namespace {

// So much of a made value is new each time, where it is that long.
constexpr std::size_t new_part = 6;

std::optional<std::string> stretched_email(std::string_view valid, std::size_t length, Fresh& fresh) {
  const std::size_t at = valid.rfind('@');
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  std::string local(valid.substr(0, at));
  const std::string domain(valid.substr(at + 1));
  if (length < domain.size() + 2) return std::nullopt;
  if (length <= valid.size()) return fresh.word(length - 1 - domain.size()) + "@" + domain;
  std::size_t missing = length - valid.size();
  // Up to 64 characters in front of the sign, then labels of up to 63 (RFC 5321, 4.5.3.1; RFC 1035, 2.3.4).
  const std::size_t in_local = std::min(missing, local.size() < 64 ? 64 - local.size() : 0);
  local += fresh.word(in_local);
  missing -= in_local;
  std::string labels;
  while (missing > 0) {
    std::size_t label = std::min<std::size_t>(missing - 1, 63);
    // One character would be left over, too little for a label and its dot.
    if (missing - 1 - label == 1) --label;
    if (label == 0) {
      local += 'a';
      --missing;
      continue;
    }
    labels += fresh.word(label) + ".";
    missing -= label + 1;
  }
  return local + "@" + labels + domain;
}

} // namespace

std::optional<std::string> stretched(std::string_view type, std::string_view valid, std::size_t length, Fresh& fresh) {
  if (type == "email") return stretched_email(valid, length, fresh);
  if (type == "url") {
    const std::size_t own = utf16_length(valid);
    if (length < own) return std::nullopt;
    return std::string(valid) + (length > own ? "/" + fresh.word(length - own - 1) : std::string());
  }
  std::string seed(trim(valid));
  if (seed.empty()) seed = "murphy";
  // What follows the part that is kept is of the same kind as what stood there, behind the end as the last letter.
  std::string text = head(seed, length > new_part ? length - new_part : 0);
  char last = 'a';
  for (const char c : seed)
    if (is_alphanumeric(c)) last = c;
  for (std::size_t i = text.size(); utf16_length(text) < length; ++i) {
    const bool has_model = i < seed.size() && static_cast<unsigned char>(seed[i]) < 0x80;
    text += fresh.like(has_model ? seed[i] : last);
  }
  // Servers take white space off the ends.
  if (!text.empty() && is_white_space(text.back())) text.back() = fresh.like(last);
  if (!text.empty() && is_white_space(text.front())) text.front() = fresh.like(last);
  return text;
}

std::string worded(std::string_view pattern, const Lengths& lengths, Fresh& fresh) {
  constexpr std::size_t usual = 8;
  const std::size_t rest = pattern.size() - 2;
  std::size_t length = usual;
  if (lengths.most) length = std::min(length, *lengths.most > rest ? *lengths.most - rest : 1);
  if (lengths.least && rest + length < *lengths.least) length = *lengths.least - rest;
  std::string text(pattern);
  return text.replace(text.find("{}"), 2, fresh.word(length));
}

std::string twisted(std::string_view valid, std::size_t way, Fresh& fresh) {
  std::string text(valid);
  if (text.empty()) return "?";
  const auto change = [&](auto is_meant, char model) {
    for (char& c : text)
      if (is_meant(c)) c = fresh.like(model);
    return text;
  };
  const std::size_t middle = text.size() / 2;
  switch (way) {
  case 0: return change(is_digit, 'a');
  case 1: return change(is_letter, '1');
  case 2: return ascii_lower(text) != text ? ascii_lower(text) : ascii_upper(text);
  case 3: text.back() = '!'; return text;
  case 4: text.front() = '!'; return text;
  case 5: text[middle] = '%'; return text;
  case 6: return text + "!";
  case 7: return "!" + text;
  case 8: return text + " §";
  case 9: return fresh.word(std::max<std::size_t>(text.size(), 1));
  default: return "?";
  }
}

std::string drawn_out(std::string_view valid, std::size_t length) {
  std::string text = head(trim(valid), length);
  if (text.empty()) return text;
  std::string_view last = text;
  for (std::string_view rest = text; !rest.empty(); next_code_point(rest)) last = rest;
  const std::string repeated(last);
  while (utf16_length(text) + utf16_length(repeated) <= length) text += repeated;
  return text;
}

bool fits_but_for_length(const drive::FormField& field, const scenario::FieldRules* rules, std::string_view value) {
  if (field.allows_at_any_length && field.allows_at_any_length(value) == drive::Allowed::no) return false;
  if (rules == nullptr) return true;
  return scenario::broken_rule(of_any_length(*rules), value).empty();
}

std::string widened(std::string_view valid, std::size_t length, Fresh& fresh) {
  const std::size_t half = length / 2;
  std::string text = half > 0 ? stretched("", valid, half, fresh).value_or("") : std::string();
  while (utf16_length(text) < length) text += "é";
  return text;
}

record::TestedValue described(std::string_view value, Shown shown) {
  using enum record::TestedValue::Kind;
  constexpr std::size_t shown_whole = 40, shown_of_long = 16; // in UTF-16 code units, in columns
  record::TestedValue tested;
  tested.length = utf16_length(value);
  if (value.empty()) {
    tested.kind = empty;
  } else if (trim(value).empty()) {
    tested.kind = spaces;
  } else if (shown == Shown::length) {
    tested.kind = hidden;
  } else {
    tested.kind = text;
    tested.is_about_length = shown == Shown::value_and_length;
    const bool is_whole = tested.length <= shown_whole && !tested.is_about_length;
    tested.text = is_whole ? one_line(value) : ellipsize(one_line(value), shown_of_long);
  }
  return tested;
}

} // namespace murphy::run
