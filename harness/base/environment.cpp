#include "base/environment.h"

#include "base/sealed_text.h"

#include <cstring>
#include <map>
#include <mutex>
#include <openssl/crypto.h>
#include <string_view>
#include <unistd.h>

namespace murphy {
namespace {

struct Hidden {
  std::mutex mutex;
  std::map<std::string, SealedText, std::less<>> values;
};

Hidden& hidden() {
  static Hidden hidden;
  return hidden;
}

std::string_view name_of(std::string_view entry) { return entry.substr(0, entry.find('=')); }

// The value of a variable as it lies in the environment, or null.
char* find(std::string_view name) {
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry)
    if (name_of(*entry) == name && (*entry)[name.size()] == '=') return *entry + name.size() + 1;
  return nullptr;
}

} // namespace

std::optional<ClearText> environment_variable(const std::string& name) {
  Hidden& away = hidden();
  const std::lock_guard lock(away.mutex);
  const char* value = find(name);
  if (value == nullptr) return std::nullopt;
  // What was hidden is blank where it lies; anything else was set since.
  if (const auto found = away.values.find(name); found != away.values.end() && *value == '\0')
    return found->second.reveal();
  return ClearText(value);
}

void hide_environment_variable(const std::string& name) {
  Hidden& away = hidden();
  const std::lock_guard lock(away.mutex);
  char* value = find(name);
  if (value == nullptr || *value == '\0') return;
  away.values.insert_or_assign(name, SealedText(value));
  OPENSSL_cleanse(value, std::strlen(value));
}

std::vector<ClearText> inherited_environment() {
  Hidden& away = hidden();
  const std::lock_guard lock(away.mutex);
  std::vector<ClearText> all;
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    ClearText& text = all.emplace_back(*entry);
    if (const auto found = away.values.find(name_of(*entry)); found != away.values.end())
      text.append(found->second.reveal().view());
  }
  return all;
}

} // namespace murphy
