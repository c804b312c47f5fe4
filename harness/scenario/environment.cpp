#include "scenario/references.h"
#include "scenario/settings.h"
#include "scenario/variables.h"

#include "base/sign_in_words.h"
#include "base/text.h"
#include <algorithm>
#include <cstdint>
#include <set>

namespace murphy::scenario {

namespace {

Text reference_to(const std::string& user, const std::string& property) {
  Text text;
  text.source = "${" + user + "." + property + "}";
  text.split.edit().push_back(Text::Part::reference_to(user + "." + property));
  return text;
}

// What a setting stands for; from elsewhere than the file it is a secret.
Result<Value> value_of(const Setting& setting, const char* label, Scope& scope, const Inputs& inputs) {
  const Text& source = setting.text;
  if (setting.from == Setting::From::text) return scope.resolve(source);
  const Result<ClearText> found =
      setting.from == Setting::From::environment
          ? from_environment(inputs.environment, source.source, source.place, source.source_line)
          : from_file(source);
  if (!found) return std::unexpected(found.error());
  if (setting.from == Setting::From::environment && inputs.hide_variable) inputs.hide_variable(source.source);
  auto secret = std::make_shared<const Secret>(*found, label);
  if (inputs.learn_secret) inputs.learn_secret(secret);
  return Value(std::move(secret));
}

// Each place once, however many scenarios lead to it.
class Missing {
public:
  explicit Missing(const Inputs& outside) : outside_(outside) {}

  void check(const EnvironmentUse& use) {
    keep(from_environment(outside_.environment, use.variable, use.place, use.source_line), use.place);
  }

  void check_secret(const EnvironmentUse& use) {
    check(use);
    if (outside_.hide_variable) outside_.hide_variable(use.variable);
  }

  void check(const User& user) {
    for (const EnvironmentUse& use : user.environment) check_secret(use);
    for (const auto& [name, setting] : user.properties) check(setting);
  }

  void check(const Setting& setting) {
    const Text& from = setting.text;
    if (setting.from == Setting::From::environment) {
      keep(from_environment(outside_.environment, from.source, from.place, from.source_line), from.place);
    } else if (setting.from == Setting::From::file) {
      keep(from_file(from), from.place);
    }
  }

  Errors take() { return std::move(errors_); }

private:
  void keep(const Result<ClearText>& found, const Place& place) {
    if (!found && seen_.emplace(place.file, place.line, place.column).second) errors_.push_back(found.error());
  }

  const Inputs& outside_;
  std::set<std::tuple<std::string, std::uint32_t, std::uint32_t>> seen_;
  Errors errors_;
};

} // namespace

std::vector<std::string> ports_of(const Target& target) {
  std::vector<std::string> names;
  const auto take = [&names](const Text& text) {
    for (const Text::Part& part : text.parts()) {
      const auto name = part.reference ? port_named(part.text) : std::nullopt;
      if (name && std::ranges::find(names, *name) == names.end()) names.push_back(*name);
    }
  };
  take(target.url);
  std::ranges::for_each(target.start, take);
  std::ranges::for_each(target.ready, take);
  for (const auto& [variable, text] : target.environment) take(text);
  if (target.database) take(target.database->text);
  return names;
}

Result<Authorization> resolve(const AuthorizationText& authorization, Scope& scope) {
  Authorization resolved{.scheme = authorization.scheme, .user = {}, .secret = {}};
  auto user = scope.resolve(authorization.user);
  if (!user) return std::unexpected(user.error());
  resolved.user = std::move(*user);
  auto secret = scope.resolve(authorization.secret);
  if (!secret) return std::unexpected(secret.error());
  resolved.secret = std::move(*secret);
  if (resolved.secret.is_secret()) return resolved;
  // "Bearer abc": the scheme is no secret.
  const std::string plain = resolved.secret.text();
  const std::size_t blank = plain.find(' ');
  if (authorization.scheme == Authorization::Scheme::as_written && blank != std::string::npos)
    scope.learn(ClearText(trim(plain.substr(blank))), "authorization");
  else
    resolved.secret = scope.learn(ClearText(plain), "authorization");
  return resolved;
}

Result<std::vector<std::pair<std::string, Value>>> resolve(const std::vector<std::pair<std::string, Text>>& headers,
                                                           Scope& scope) {
  std::vector<std::pair<std::string, Value>> resolved;
  for (const auto& [name, text] : headers) {
    if (equal_ignoring_ascii_case(name, "Authorization")) {
      auto value = resolve({.scheme = Authorization::Scheme::as_written, .user = {}, .secret = text}, scope);
      if (!value) return std::unexpected(value.error());
      resolved.emplace_back(name, std::move(value->secret));
      continue;
    }
    auto value = scope.resolve(text);
    if (!value) return std::unexpected(value.error());
    if (!value->is_secret() && names_a_secret(name)) value = scope.learn(ClearText(value->text()), name);
    resolved.emplace_back(name, std::move(*value));
  }
  return resolved;
}

Result<ResolvedTarget> resolve(const Target& target, const Ports& ports, const Project& project, const Inputs& inputs) {
  Scope shown(project, inputs, target.name);
  shown.set_ports(ports);
  shown.show_environment();
  ResolvedTarget resolved;
  Result<std::string> url = shown.resolve_words(target.url);
  if (!url) return std::unexpected(url.error());
  resolved.url = std::move(*url);
  for (const Text& text : target.origins) {
    Result<std::string> origin = shown.resolve_words(text);
    if (!origin) return std::unexpected(origin.error());
    resolved.origins.push_back(std::move(*origin));
  }
  for (const auto& [texts, into] : {std::pair(&target.ready, &resolved.ready), {&target.start, &resolved.start}}) {
    for (const Text& text : *texts) {
      Result<std::string> value = shown.resolve_words(text);
      if (!value) return std::unexpected(value.error());
      into->push_back(std::move(*value));
    }
  }
  for (const auto& [name, provider] : project.providers) {
    auto origin = shown.resolve_words(provider.origin);
    if (!origin) return std::unexpected(origin.error());
    resolved.providers.emplace(name, std::move(*origin));
  }
  Scope scope(project, inputs, target.name);
  scope.set_ports(ports);
  for (const auto& [name, text] : target.environment) {
    Result<Value> value = names_a_secret(name) ? scope.resolve_secret(text, name) : scope.resolve(text);
    if (!value) return std::unexpected(value.error());
    resolved.environment.emplace(name, std::move(*value));
  }
  if (target.database) {
    Result<Value> database = value_of(*target.database, "database", scope, inputs);
    if (!database) return std::unexpected(database.error());
    resolved.database = std::move(*database);
  }
  if (target.authorize) {
    auto authorization = resolve(*target.authorize, scope);
    if (!authorization) return std::unexpected(authorization.error());
    resolved.authorize = std::move(*authorization);
  }
  auto headers = resolve(target.headers, scope);
  if (!headers) return std::unexpected(headers.error());
  resolved.headers = std::move(*headers);
  return resolved;
}

std::vector<std::shared_ptr<const Secret>> project_secrets(const Project& project, const Inputs& outside) {
  std::vector<std::shared_ptr<const Secret>> secrets;
  const Inputs inputs{
      .variables = {},
      .secrets = {},
      .environment = outside.environment,
      .hide_variable = outside.hide_variable,
      .learn_secret = [&](std::shared_ptr<const Secret> secret) { secrets.push_back(std::move(secret)); }};
  Scope scope(project, inputs, {});
  for (const auto& [name, user] : project.users) {
    for (const auto& [property, setting] : user.properties) {
      (void)scope.resolve(reference_to(name, property)); // what cannot be had is reported when it is needed
    }
  }
  for (const Target& target : project.targets) {
    // What cannot be had is reported when it is needed.
    if (target.authorize) (void)resolve(*target.authorize, scope);
    (void)resolve(target.headers, scope);
    for (const auto& [name, text] : target.environment) {
      // What cannot be had is reported when it is needed, here as above.
      (void)(names_a_secret(name) ? scope.resolve_secret(text, name) : scope.resolve(text));
    }
  }
  return secrets;
}

Errors check_environment(const std::vector<const Scenario*>& selected, const Project& project, const Target* target,
                         const Inputs& outside) {
  Missing missing(outside);
  if (target) {
    for (const EnvironmentUse& use : target->uses) missing.check(use);
    if (target->database) missing.check(*target->database);
  }
  if (!selected.empty()) {
    for (const EnvironmentUse& use : project.app.environment) missing.check_secret(use);
  }
  for (const Scenario* scenario : selected) {
    for (const EnvironmentUse& use : scenario->environment) missing.check_secret(use);
    for (const std::string& name : scenario->users) {
      if (const auto user = project.users.find(name); user != project.users.end()) missing.check(user->second);
    }
  }
  return missing.take();
}

Errors check_production(const std::vector<const Scenario*>& selected, const Target& target) {
  Errors errors;
  if (!target.production) return errors;
  for (const Scenario* scenario : selected) {
    if (std::ranges::find(scenario->tags, "writes") == scenario->tags.end()) continue;
    errors.push_back({.kind = ErrorKind::usage,
                      .what = "\"" + scenario->name + "\" is tagged \"writes\", and the target \"" + target.name +
                              "\" is a production one",
                      .hint = "exclude such scenarios with --tag \"not writes\", or run them against another target",
                      .place = scenario->place,
                      .source_line = {}});
  }
  return errors;
}

} // namespace murphy::scenario
