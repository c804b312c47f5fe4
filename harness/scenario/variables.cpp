#include "scenario/variables.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include "scenario/json_text.h"
#include "scenario/settings.h"

#include <algorithm>
#include <array>
#include <cstdlib>

namespace murphy::scenario {

namespace {

// SplitMix64 (Steele, Lea, Flood 2014): spreads close seeds over all of the numbers.
std::uint64_t mixed(std::uint64_t number) {
  number += 0x9E3779B97F4A7C15u;
  number = (number ^ (number >> 30)) * 0xBF58476D1CE4E5B9u;
  number = (number ^ (number >> 27)) * 0x94D049BB133111EBu;
  return number ^ (number >> 31);
}

std::string as_it_is(std::string_view text) { return std::string(text); }

} // namespace

Environment process_environment() {
  return [](const std::string& name) -> std::optional<std::string> {
    const char* value = std::getenv(name.c_str());
    if (!value) return std::nullopt;
    return value;
  };
}

std::string variable_in_environment(std::string_view name) { return "MURPHY_VAR_" + std::string(name); }

Scope::Scope(const Project& project, const Given& given, std::string id)
    : project_(project), given_(given), id_(std::move(id)) {}

void Scope::set(const std::string& name, Variable variable) { captures_.back()[name] = std::move(variable); }

void Scope::enter(std::map<std::string, Variable> parameters) { captures_.push_back(std::move(parameters)); }

std::map<std::string, Variable> Scope::leave() {
  std::map<std::string, Variable> set_inside = std::move(captures_.back());
  captures_.pop_back();
  return set_inside;
}

Variable::From Scope::begins_with(const Text& text) const {
  if (text.parts.empty() || !text.parts.front().reference) return Variable::From::scenario;
  const auto found = captures_.back().find(text.parts.front().text);
  return found == captures_.back().end() ? Variable::From::scenario : found->second.from;
}

Value Scope::learn(std::string characters, std::string label) {
  const auto secret = std::make_shared<const Secret>(std::move(characters), std::move(label));
  if (given_.learn_secret) given_.learn_secret(secret);
  return Value(secret);
}

std::string Scope::unique() const {
  std::uint64_t number = mixed(given_.seed);
  for (const char c : id_) number = mixed(number ^ static_cast<unsigned char>(c));
  if (round_ > 0) number = mixed(number ^ round_);
  // 26 · 36⁹ words: a letter, so that the word may stand where a name is wanted, and then letters and digits.
  constexpr std::string_view digits = "abcdefghijklmnopqrstuvwxyz0123456789";
  std::string word(1, digits[number % 26]);
  number /= 26;
  for (int i = 0; i < 9; ++i, number /= 36) word += digits[number % 36];
  return word;
}

Result<Value> Scope::property(const std::string& user, const std::string& name, const Text& text) {
  const auto account = project_.users.find(user);
  const auto undefined = [&] {
    return std::unexpected(Error{.kind = ErrorKind::usage,
                                 .what = "the user \"" + user + "\" has no \"" + name + "\"",
                                 .hint = {},
                                 .place = text.place,
                                 .source_line = text.source_line});
  };
  if (account == project_.users.end()) return undefined();
  const auto setting = account->second.properties.find(name);
  if (setting == account->second.properties.end()) return undefined();
  const Text& source = setting->second.text;
  const auto member = members_.find(user);
  // Accounts of a pool are numbered: ${n} in their properties.
  const bool numbered = member != members_.end() && member->second > 0;
  const std::string number = numbered ? std::to_string(member->second) : std::string();
  const std::string label = user + number + "." + name;
  if (const auto known = known_.find(label); known != known_.end()) return known->second;
  Value value;
  switch (setting->second.from) {
  case Setting::From::text: {
    // Of all names that are set, a property may only speak of its account's number.
    enter(number.empty() ? std::map<std::string, Variable>{}
                         : std::map<std::string, Variable>{{"n", {.value = Value(number)}}});
    Result<Value> resolved = resolve(source);
    leave();
    if (!resolved) return resolved;
    if (!resolved->is_secret() && !names_a_secret(name)) return resolved;
    value = learn(std::string(resolved->reveal()), label);
    break;
  }
  case Setting::From::environment: {
    Result<std::string> found = from_environment(given_.environment, source.source, source.place, source.source_line);
    if (!found) return std::unexpected(found.error());
    value = learn(std::move(*found), label);
    break;
  }
  case Setting::From::file: {
    Result<std::string> found = from_file(source);
    if (!found) return std::unexpected(found.error());
    value = learn(std::move(*found), label);
    break;
  }
  }
  return known_[label] = value;
}

Result<Value> Scope::look_up(const std::string& name, const Text& text) {
  if (const std::size_t colon = name.find(':'); colon != std::string::npos) {
    if (name == "unique:email") return Value(unique() + "@example.com");
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    Result<std::string> found =
        from_environment(given_.environment, name.substr(colon + 1), text.place, text.source_line);
    if (!found) return std::unexpected(found.error());
    if (environment_is_shown_) return Value(std::move(*found));
    return known_[name] = learn(std::move(*found), name);
  }
  if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
    const std::string user = name.substr(0, dot);
    return property(user == "user" ? user_ : user, name.substr(dot + 1), text);
  }
  if (const auto set = captures_.back().find(name); set != captures_.back().end()) return set->second.value;
  if (name == "unique") return Value(unique());
  if (name == "port" && port_) return Value(std::to_string(*port_));
  if (const auto secret = given_.secrets.find(name); secret != given_.secrets.end()) {
    if (given_.learn_secret && !known_.contains(name)) given_.learn_secret(secret->second);
    return known_[name] = Value(secret->second);
  }
  std::optional<std::string> value;
  if (const auto variable = given_.variables.find(name); variable != given_.variables.end()) {
    value = variable->second;
  } else if (given_.environment) {
    value = given_.environment(variable_in_environment(name));
  }
  if (value && !names_a_secret(name)) return Value(std::move(*value));
  if (value) return known_[name] = learn(std::move(*value), name);
  return std::unexpected(Error{.kind = ErrorKind::usage,
                               .what = "\"" + name + "\" is not defined here",
                               .hint = {},
                               .place = text.place,
                               .source_line = text.source_line});
}

Result<Value> Scope::expand(const Text& text, std::string (*write)(std::string_view)) {
  std::string characters;
  bool secret = false;
  std::vector<Value> values;
  for (const Text::Part& part : text.parts) {
    if (!part.reference) {
      characters += part.text;
      continue;
    }
    Result<Value> value = look_up(part.text, text);
    if (!value) return value;
    if (text.parts.size() == 1 && write == as_it_is) return value;
    characters += write(value->reveal());
    secret = secret || value->is_secret();
  }
  if (!secret) return Value(std::move(characters));
  return learn(std::move(characters), text.source);
}

Result<Value> Scope::resolve(const Text& text) { return expand(text, as_it_is); }

Result<Value> Scope::resolve_json(const Text& text) { return expand(text, json_escaped); }

} // namespace murphy::scenario
