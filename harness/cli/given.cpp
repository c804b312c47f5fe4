#include "cli/given.h"

#include "base/make_error.h"

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
      usage_error(fmt::format("{} wants a name and a value", flag), fmt::format("write {} name=value", flag)));
}

} // namespace

Result<scenario::Given> given(const std::vector<std::string>& variables, const std::vector<std::string>& secrets) {
  scenario::Given result;
  result.environment = scenario::process_environment();
  std::random_device random;
  result.seed = (static_cast<std::uint64_t>(random()) << 32) | random();
  for (const std::string& text : variables) {
    auto read = assignment("--var", text);
    if (!read) return std::unexpected(read.error());
    result.variables[read->name] = std::move(read->value);
  }
  for (const std::string& text : secrets) {
    auto read = assignment("--secret", text);
    if (!read) return std::unexpected(read.error());
    result.secrets[read->name] = std::make_shared<const Secret>(std::move(read->value), read->name);
  }
  return result;
}

void hide_secrets(int argument_count, char** arguments) {
  for (int index = 1; index < argument_count; ++index) {
    char* text = arguments[index];
    if (std::strcmp(text, "--secret") == 0 && index + 1 < argument_count)
      text = arguments[++index];
    else if (!std::string_view(text).starts_with("--secret="))
      continue;
    char* equals = std::strchr(text, '=');
    if (equals != nullptr && std::string_view(text).starts_with("--secret=")) equals = std::strchr(equals + 1, '=');
    for (char* at = equals == nullptr ? text : equals + 1; *at != '\0'; ++at) *at = '*';
  }
}

} // namespace murphy::cli
