#include "cli/inputs.h"

#include "base/environment.h"
#include "base/make_error.h"
#include "base/sign_in_words.h"

#include <cstdint>
#include <cstring>
#include <fmt/format.h>
#include <random>
#include <string_view>

namespace murphy::cli {
namespace {

struct Assignment {
  std::string name;
  std::string value;
};

Result<Assignment> assignment(const std::string& flag, const std::string& text) {
  const auto equals = text.find('=');
  if (equals != std::string::npos && equals > 0) return Assignment{text.substr(0, equals), text.substr(equals + 1)};
  // Without a "=" the text may be the secret itself: it is not repeated.
  return std::unexpected(
      usage_error(fmt::format("{} needs a name and a value", flag), fmt::format("write {} name=value", flag)));
}

void black_out(char* text) {
  for (; *text != '\0'; ++text) *text = '*';
}

// What stands behind the option, in its own argument or in the next one; null where this is another argument.
char* text_of(std::string_view option, int argument_count, char** arguments, int& index) {
  char* text = arguments[index];
  const std::string_view argument(text);
  if (argument == option && index + 1 < argument_count) return arguments[++index];
  if (argument.starts_with(option) && argument.substr(option.size()).starts_with('=')) return text + option.size() + 1;
  return nullptr;
}

// Takes the value of NAME=VALUE.
void take(char* text, SecretsByName& into) {
  char* equals = std::strchr(text, '=');
  if (equals == nullptr) return black_out(text);
  const std::string name(text, equals);
  into.insert_or_assign(name, std::make_shared<const Secret>(ClearText(equals + 1), name));
  black_out(equals + 1);
}

} // namespace

TakenSecrets take_secrets(int argument_count, char** arguments) {
  TakenSecrets taken;
  for (int index = 1; index < argument_count; ++index) {
    if (char* secret = text_of("--secret", argument_count, arguments, index)) {
      take(secret, taken.secrets);
    } else if (char* variable = text_of("--var", argument_count, arguments, index)) {
      const std::string_view text(variable);
      if (text.contains('=') && names_a_secret(text.substr(0, text.find('=')))) take(variable, taken.variables);
    }
  }
  return taken;
}

Result<scenario::Inputs> inputs(const VariableOptions& options) {
  scenario::Inputs result;
  result.environment = environment_variable;
  result.hide_variable = hide_environment_variable;
  std::random_device random;
  result.seed = (static_cast<std::uint64_t>(random()) << 32) | random();
  for (const std::string& text : options.variables) {
    auto read = assignment("--var", text);
    if (!read) return std::unexpected(read.error());
    if (const auto taken = options.taken.variables.find(read->name); taken != options.taken.variables.end())
      result.secrets[read->name] = taken->second;
    else
      result.variables[read->name] = std::move(read->value);
  }
  for (const std::string& text : options.secrets) {
    auto read = assignment("--secret", text);
    if (!read) return std::unexpected(read.error());
    const auto taken = options.taken.secrets.find(read->name);
    result.secrets[read->name] = taken != options.taken.secrets.end()
                                     ? taken->second
                                     : std::make_shared<const Secret>(std::move(read->value), read->name);
  }
  return result;
}

} // namespace murphy::cli
