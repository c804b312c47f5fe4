#include "scenario/references.h"

#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>
#include <array>

namespace murphy::scenario {

namespace {

Problem problem(std::string what, std::string hint) { return {std::move(what), std::move(hint), 0}; }

std::string in_braces(std::string_view name) { return "${" + std::string(name) + "}"; }

// A hint that lists what there is when nothing is near.
std::string nearest_or(std::string_view wanted, const std::vector<std::string>& candidates, std::string otherwise) {
  std::string hint = did_you_mean(wanted, candidates);
  return hint.empty() ? std::move(otherwise) : hint;
}

std::vector<std::string> properties_of_all(const Project& project) {
  std::vector<std::string> names;
  for (const auto& [name, user] : project.users) {
    for (const auto& [property, setting] : user.properties) {
      if (std::ranges::find(names, property) == names.end()) names.push_back(property);
    }
  }
  return names;
}

std::optional<Problem> check_property(std::string_view user, std::string_view property, const Reach& reach) {
  const Project& project = reach.project;
  if (user == "user") {
    if (!reach.user) {
      return problem("${user.…} works only in the sign_in of [app], for the user who signs in",
                     project.users.empty()
                         ? "name the user: ${ada." + std::string(property) + "}"
                         : "name the user: ${" + project.users.begin()->first + "." + std::string(property) + "}");
    }
    const std::vector<std::string> known = properties_of_all(project);
    if (std::ranges::find(known, property) != known.end()) return std::nullopt;
    return problem("no user has a property \"" + std::string(property) + "\"",
                   nearest_or(property, known,
                              known.empty() ? "add it to a user: [user.ada]" : "users have " + join(known, ", ")));
  }
  if (!reach.users) {
    return problem("a user's property cannot be used here", "write the text itself, ${env:NAME} or ${variable}");
  }
  const auto found = project.users.find(std::string(user));
  if (found == project.users.end()) {
    if (!reach.checks.project_is_whole) return std::nullopt;
    std::vector<std::string> names;
    for (const auto& [name, known] : project.users) names.push_back(name);
    return problem("there is no user \"" + std::string(user) + "\"",
                   nearest_or(user, names,
                              names.empty()
                                  ? "the project file has no users: add [user." + std::string(user) + "] to murphy.toml"
                                  : "murphy.toml has " + join(names, ", ")));
  }
  std::vector<std::string> names;
  for (const auto& [name, setting] : found->second.properties) names.push_back(name);
  if (std::ranges::find(names, property) != names.end() || !reach.checks.project_is_whole) return std::nullopt;
  return problem("the user \"" + std::string(user) + "\" has no \"" + std::string(property) + "\"",
                 nearest_or(property, names,
                            names.empty() ? "add it to [user." + std::string(user) + "] in murphy.toml"
                                          : "[user." + std::string(user) + "] has " + join(names, ", ")));
}

std::optional<Problem> check_prefixed(std::string_view prefix, std::string_view rest, const Reach& reach) {
  if (prefix == "env") {
    const bool fits = !rest.empty() && std::ranges::all_of(rest, [](char c) { return is_alphanumeric(c) || c == '_'; });
    if (fits) return std::nullopt;
    return problem(in_braces("env:" + std::string(rest)) + " names no environment variable", "write ${env:NAME}");
  }
  if (prefix == "unique") {
    if (!reach.steps) return problem("${unique:…} cannot be used here", "it works only in steps");
    if (rest == "email") return std::nullopt;
    return problem("there is no " + in_braces("unique:" + std::string(rest)),
                   "write ${unique} for a word or ${unique:email} for an address");
  }
  if (prefix == "port") {
    const std::string name(rest);
    if (!reach.port) return problem(in_braces("port:" + name) + " has a meaning in [target.NAME] only", {});
    if (is_name(rest)) return std::nullopt;
    return problem("\"" + name + "\" cannot be the name of a port",
                   "begin with a letter, and go on with letters, digits, - and _: ${port:idp}");
  }
  if (prefix == "totp") return problem("\"${totp:…}\" is reserved but not supported yet", {});
  const std::string name(prefix);
  return problem("\"" + name + ":\" means nothing in ${}",
                 nearest_or(name, {"env", "unique", "port", "base64"},
                            "write ${env:NAME}, ${unique:email}, ${base64:…}, ${user.property} or ${variable}"));
}

std::optional<Problem> check_variable(std::string_view name, const Reach& reach) {
  if (std::ranges::find(reach.captures, name) != reach.captures.end()) return std::nullopt;
  if (name == "unique") {
    if (reach.steps) return std::nullopt;
    return problem("${unique} cannot be used here", "it works only in steps");
  }
  if (name == "port") {
    if (reach.port) return std::nullopt;
    return problem("${port} works only in [target.NAME]", "write addresses from the root: \"/login\"");
  }
  if (name == "n") {
    if (reach.number) return std::nullopt;
    return problem("${n} works only in the properties of a user with a pool", "add pool = 8 to the user, or rename it");
  }
  if (reach.checks.is_given && reach.checks.is_given(name)) return std::nullopt;
  if (reach.users && reach.project.users.contains(std::string(name))) {
    return problem("\"" + std::string(name) + "\" is a user, not a text", "write ${" + std::string(name) + ".email}");
  }
  if (reach.users) {
    for (const auto& [user, account] : reach.project.users)
      if (account.properties.contains(std::string(name)))
        return problem("\"" + std::string(name) + "\" is not defined here",
                       "write ${" + user + "." + std::string(name) + "} for that of the user " + user);
  }
  std::vector<std::string> candidates = reach.captures;
  candidates.insert(candidates.end(), reach.checks.inputs.begin(), reach.checks.inputs.end());
  if (reach.steps) candidates.emplace_back("unique");
  if (reach.port) candidates.emplace_back("port");
  const std::string from_outside = "set it with --var " + std::string(name) + "=… or MURPHY_VAR_" + std::string(name);
  const std::string from_steps = reach.flow ? "a flow sees only its own names: add params = [\"" + std::string(name) +
                                                  "\"], and pass it: with = { " + std::string(name) + " = … }"
                                            : "capture it in an earlier step, or " + from_outside;
  return problem("\"" + std::string(name) + "\" is not defined here",
                 nearest_or(name, candidates, reach.steps ? from_steps : from_outside));
}

constexpr std::string_view as_base64 = "base64:";

// Splits a text at its references. Those inside `${base64:…}` become parts like all others, with a number.
class Splitter {
public:
  explicit Splitter(std::string_view text) : text_(text) {}

  SplitText run() {
    split(text_, 0, 0);
    return std::move(result_);
  }

private:
  void add(Text::Part part, std::size_t offset, int base64) {
    part.base64 = base64;
    result_.parts.push_back(std::move(part));
    result_.offsets.push_back(offset);
  }

  void add_literal(std::string_view characters, std::size_t offset, int base64) {
    if (result_.parts.empty() || result_.parts.back().reference || result_.parts.back().base64 != base64)
      add(Text::Part::literal(std::string(characters)), offset, base64);
    else
      result_.parts.back().text += characters;
  }

  bool fail(std::string what, std::string hint, std::size_t offset) {
    result_.problem = {std::move(what), std::move(hint), offset};
    return false;
  }

  // The brace that closes the reference whose name begins at `at`; that of `${base64:…}` may hold others.
  static std::size_t end_of(std::string_view text, std::size_t at) {
    if (!text.substr(at).starts_with(as_base64)) return text.find('}', at);
    for (int depth = 1; at < text.size(); ++at) {
      if (text.substr(at).starts_with("${")) ++depth;
      if (text[at] == '}' && --depth == 0) return at;
    }
    return std::string_view::npos;
  }

  // `begin` is where the text stands in the whole one. False when there is a problem.
  bool split(std::string_view text, std::size_t begin, int base64) {
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t dollar = text.find("${", at);
      if (dollar == std::string_view::npos) {
        add_literal(text.substr(at), begin + at, base64);
        return true;
      }
      if (dollar > at && text[dollar - 1] == '$') {
        add_literal(text.substr(at, dollar - 1 - at), begin + at, base64);
        add_literal("${", begin + dollar - 1, base64);
        at = dollar + 2;
        continue;
      }
      if (dollar > at) add_literal(text.substr(at, dollar - at), begin + at, base64);
      const std::size_t end = end_of(text, dollar + 2);
      if (end == std::string_view::npos)
        return fail("this reference is not closed", "write ${name}, or $${ for the two characters", begin + dollar);
      if (!reference(text.substr(dollar + 2, end - dollar - 2), begin + dollar, base64)) return false;
      at = end + 1;
    }
    return true;
  }

  bool reference(std::string_view name, std::size_t offset, int base64) {
    if (trim(name).empty())
      return fail("this reference names nothing", "write ${name}, or $${ for the two characters", offset);
    if (name.starts_with(as_base64)) return encoded(name.substr(as_base64.size()), offset, base64);
    if (trim(name) != name)
      return fail("a reference has no spaces inside its braces", "write " + in_braces(trim(name)), offset);
    add(Text::Part::reference_to(std::string(name)), offset, base64);
    return true;
  }

  bool encoded(std::string_view text, std::size_t offset, int around) {
    if (around != 0) return fail("${base64:…} cannot hold another", "encode once", offset);
    const std::size_t before = result_.parts.size();
    if (!split(text, offset + 2 + as_base64.size(), ++groups_)) return false;
    for (std::size_t i = before; i < result_.parts.size(); ++i)
      if (result_.parts[i].reference) return true;
    return fail("${base64:…} encodes text with a reference inside, and this one has none",
                is_reference(text) ? "write ${base64:${" + std::string(text) + "}}"
                                   : "write ${base64:${ada.email}:${ada.password}}",
                offset);
  }

  // Whether the text was probably meant as one: "ada.email", "token".
  static bool is_reference(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char c) {
      return is_letter(c) || is_digit(c) || c == '_' || c == '-' || c == '.';
    });
  }

  std::string_view text_;
  SplitText result_;
  int groups_ = 0;
};

} // namespace

SplitText split_references(std::string_view text) { return Splitter(text).run(); }

std::optional<Problem> check_reference(std::string_view name, const Reach& reach) {
  if (const std::size_t colon = name.find(':'); colon != std::string_view::npos) {
    return check_prefixed(name.substr(0, colon), name.substr(colon + 1), reach);
  }
  if (const std::size_t dot = name.find('.'); dot != std::string_view::npos) {
    return check_property(name.substr(0, dot), name.substr(dot + 1), reach);
  }
  return check_variable(name, reach);
}

std::optional<std::string_view> user_of(std::string_view name) {
  const std::size_t dot = name.find('.');
  if (dot == std::string_view::npos || name.find(':') != std::string_view::npos) return std::nullopt;
  return name.substr(0, dot);
}

std::optional<std::string_view> variable_of(std::string_view name) {
  constexpr std::string_view prefix = "env:";
  if (!name.starts_with(prefix)) return std::nullopt;
  return name.substr(prefix.size());
}

std::optional<std::string> port_named(std::string_view name) {
  constexpr std::string_view prefix = "port:";
  if (name == "port") return std::string();
  if (!name.starts_with(prefix)) return std::nullopt;
  return std::string(name.substr(prefix.size()));
}

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text.front()) &&
         std::ranges::all_of(text, [](char c) { return is_alphanumeric(c) || c == '_' || c == '-'; });
}

bool is_reserved(std::string_view name) {
  constexpr auto words = std::to_array<std::string_view>({"user", "env", "unique", "base64", "port", "totp", "n"});
  return std::ranges::find(words, name) != words.end();
}

} // namespace murphy::scenario
