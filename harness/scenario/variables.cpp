#include "scenario/variables.h"

#include "base/base64.h"
#include "base/sign_in_words.h"
#include "base/text.h"
#include "scenario/json_text.h"
#include "scenario/references.h"
#include "scenario/settings.h"

#include <algorithm>
#include <array>

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

std::string variable_in_environment(std::string_view name) { return "MURPHY_VAR_" + std::string(name); }

Scope::Scope(const Project& project, const Inputs& inputs, std::string id)
    : project_(project), inputs_(inputs), id_(std::move(id)) {}

void Scope::set(const std::string& name, Variable variable) { captures_.back()[name] = std::move(variable); }

void Scope::enter(std::map<std::string, Variable> parameters) { captures_.push_back(std::move(parameters)); }

std::map<std::string, Variable> Scope::leave() {
  std::map<std::string, Variable> set_inside = std::move(captures_.back());
  captures_.pop_back();
  return set_inside;
}

Variable::From Scope::begins_with(const Text& text) const {
  if (text.split->empty() || !text.split->front().reference) return Variable::From::scenario;
  const auto found = captures_.back().find(text.split->front().text);
  return found == captures_.back().end() ? Variable::From::scenario : found->second.from;
}

Value Scope::learn(std::shared_ptr<const Secret> secret) {
  if (inputs_.learn_secret) inputs_.learn_secret(secret);
  return Value(std::move(secret));
}

Value Scope::learn(const ClearText& characters, std::string label) {
  return learn(std::make_shared<const Secret>(characters, std::move(label)));
}

void Scope::hide(const std::string& variable) const {
  if (inputs_.hide_variable) inputs_.hide_variable(variable);
}

std::string Scope::unique() const {
  std::uint64_t number = mixed(inputs_.seed);
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
    Result<Value> resolved = names_a_secret(name) ? resolve_secret(source, label) : resolve(source);
    leave();
    if (!resolved || !resolved->is_secret()) return resolved;
    value = names_a_secret(name) ? std::move(*resolved)
                                 : learn(std::make_shared<const Secret>(resolved->secret()->sealed(), label));
    break;
  }
  case Setting::From::environment: {
    const Result<ClearText> found =
        from_environment(inputs_.environment, source.source, source.place, source.source_line);
    if (!found) return std::unexpected(found.error());
    hide(source.source);
    value = learn(*found, label);
    break;
  }
  case Setting::From::file: {
    const Result<ClearText> found = from_file(source);
    if (!found) return std::unexpected(found.error());
    value = learn(*found, label);
    break;
  }
  }
  return known_[label] = value;
}

Result<Value> Scope::look_up(const std::string& name, const Text& text) {
  if (const std::size_t colon = name.find(':'); colon != std::string::npos) {
    if (name == "unique:email") return Value(unique() + "@example.com");
    if (const auto port = port_named(name)) {
      if (const auto known = ports_.find(*port); known != ports_.end()) return Value(std::to_string(known->second));
      return std::unexpected(Error{.kind = ErrorKind::usage,
                                   .what = "the target \"" + id_ + "\" has no port \"" + *port + "\"",
                                   .hint = "hand ${" + name + "} to one of its commands, or leave it out here",
                                   .place = text.place,
                                   .source_line = text.source_line});
    }
    if (const auto known = known_.find(name); known != known_.end()) return known->second;
    const Result<ClearText> found =
        from_environment(inputs_.environment, name.substr(colon + 1), text.place, text.source_line);
    if (!found) return std::unexpected(found.error());
    if (environment_is_shown_) return Value(std::string(found->view()));
    hide(name.substr(colon + 1));
    return known_[name] = learn(*found, name);
  }
  if (const std::size_t dot = name.find('.'); dot != std::string::npos) {
    const std::string user = name.substr(0, dot);
    return property(user == "user" ? user_ : user, name.substr(dot + 1), text);
  }
  if (const auto set = captures_.back().find(name); set != captures_.back().end()) return set->second.value;
  if (name == "unique") return Value(unique());
  if (name == "created") return Value(std::string()); // until a form has been tested
  if (name == "port" && ports_.contains("")) return Value(std::to_string(ports_.at("")));
  if (const auto secret = inputs_.secrets.find(name); secret != inputs_.secrets.end()) {
    if (inputs_.learn_secret && !known_.contains(name)) inputs_.learn_secret(secret->second);
    return known_[name] = Value(secret->second);
  }
  std::optional<ClearText> value;
  if (const auto variable = inputs_.variables.find(name); variable != inputs_.variables.end()) {
    value = ClearText(variable->second);
  } else if (inputs_.environment) {
    value = inputs_.environment(variable_in_environment(name));
  }
  if (value && !names_a_secret(name)) return Value(std::string(value->view()));
  if (value) {
    hide(variable_in_environment(name));
    return known_[name] = learn(*value, name);
  }
  return std::unexpected(Error{.kind = ErrorKind::usage,
                               .what = "\"" + name + "\" is not defined here",
                               .hint = {},
                               .place = text.place,
                               .source_line = text.source_line});
}

Result<Scope::Expanded> Scope::put_together(const Text& text, std::string (*write)(std::string_view)) {
  Expanded all;
  Expanded encoded; // what stands inside the `${base64:…}` at hand
  const std::vector<Text::Part> literal = text.split->empty() ? text.parts() : std::vector<Text::Part>();
  const std::vector<Text::Part>& parts = text.split->empty() ? literal : *text.split;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Text::Part& part = parts[i];
    const bool in_base64 = part.base64 != 0;
    Expanded& into = in_base64 ? encoded : all;
    if (!part.reference) {
      into.characters.append(part.text);
      if (part.sealed) into.characters.append(*part.sealed);
      into.outline += part.text;
      into.secret = into.secret || (part.sealed && !part.sealed->empty());
    } else {
      const Result<Value> value = look_up(part.text, text);
      if (!value) return std::unexpected(value.error());
      const ClearText written = in_base64 ? reveal(*value) : ClearText(write(reveal(*value).view()));
      into.characters.append(written.view());
      into.outline += value->is_secret() ? value->outline() : std::string(written.view());
      into.secret = into.secret || value->is_secret();
    }
    if (in_base64 && (i + 1 == parts.size() || parts[i + 1].base64 != part.base64)) {
      const ClearText in_letters(base64_encode(encoded.characters.reveal().view()));
      all.characters.append(in_letters.view());
      all.outline += encoded.secret ? learn(in_letters, text.source).shown() : std::string(in_letters.view());
      all.secret = all.secret || encoded.secret;
      encoded = {};
    }
  }
  return all;
}

Result<Value> Scope::expand(const Text& text, std::string (*write)(std::string_view)) {
  if (text.split->empty()) return Value(std::string(text.source));
  if (text.split->size() == 1 && text.split->front().reference && text.split->front().base64 == 0 && write == as_it_is)
    return look_up(text.split->front().text, text);
  Result<Expanded> all = put_together(text, write);
  if (!all) return std::unexpected(all.error());
  if (!all->secret) return Value(std::move(all->outline));
  return learn(std::make_shared<const Secret>(std::move(all->characters), text.source, std::move(all->outline)));
}

Result<Value> Scope::resolve_secret(const Text& text, const std::string& label) {
  Result<Expanded> all = put_together(text, as_it_is);
  if (!all) return std::unexpected(all.error());
  return learn(std::make_shared<const Secret>(std::move(all->characters), label));
}

Result<Value> Scope::resolve(const Text& text) { return expand(text, as_it_is); }

Result<Value> Scope::resolve_json(const Text& text) { return expand(text, json_escaped); }

Result<std::string> Scope::resolve_words(const Text& text) {
  const Result<Value> value = resolve(text);
  if (!value) return std::unexpected(value.error());
  return std::string(reveal(*value).view());
}

} // namespace murphy::scenario
