#include "diagnose/fingerprint.h"

#include "diagnose/baseline_lines.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <string_view>

namespace murphy::diagnose {

namespace {

// FNV-1a, 64 bit (http://www.isthe.com/chongo/tech/comp/fnv/): short, and the same everywhere.
std::string hashed(std::string_view text) {
  std::uint64_t hash = 14695981039346656037U;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211U;
  return fmt::format("{:016x}", hash);
}

} // namespace

std::string fingerprint_of(const record::Suspect& suspect) {
  if (!suspect.subject.empty()) return hashed("subject\n" + suspect.subject);
  // One misspelled name shows in a message of the engine, in the schema and in a form, each in words of its own.
  if (!suspect.identifier.empty() && !suspect.suggestion.empty()) {
    const auto& [first, second] = std::minmax(suspect.identifier, suspect.suggestion);
    return hashed("names\n" + first + "\n" + second);
  }
  // Addresses and files are folded as a cause is; other names differ by their digits.
  const bool is_path = suspect.identifier.contains('/');
  return hashed(std::string(record::name_of(suspect.layer)) + "\n" + baseline_form(suspect.cause) + "\n" +
                (is_path ? baseline_form(suspect.identifier) : suspect.identifier));
}

} // namespace murphy::diagnose
