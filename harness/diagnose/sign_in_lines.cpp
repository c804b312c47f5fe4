#include "diagnose/sign_in_lines.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace murphy::diagnose {

namespace {

constexpr std::size_t longest_statement = 400; // of what an app says in a sentence

// Whole words: "authenticated user" and not "unauthenticated users".
bool has_words(std::string_view text, std::string_view words) {
  const auto is_letter = [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '-'; };
  for (std::size_t at = text.find(words); at != std::string_view::npos; at = text.find(words, at + 1)) {
    const std::size_t end = at + words.size();
    if ((at == 0 || !is_letter(text[at - 1])) && (end == text.size() || !is_letter(text[end]))) return true;
  }
  return false;
}

bool has_any(std::string_view text, std::span<const std::string_view> all) {
  return std::ranges::any_of(all, [&](std::string_view words) { return has_words(text, words); });
}

} // namespace

bool says_signed_in(std::string_view line) {
  if (line.size() > longest_statement) return false;
  static constexpr std::array<std::string_view, 15> done = {"logged in",
                                                            "signed in",
                                                            "authenticated user",
                                                            "login ok",
                                                            "login succeeded",
                                                            "login successful",
                                                            "login success",
                                                            "successful login",
                                                            "sign-in ok",
                                                            "sign-in succeeded",
                                                            "sign-in successful",
                                                            "successful sign-in",
                                                            "authenticator successful",
                                                            "successful authentication for",
                                                            "authentication_success"};
  // That it was not so, is a condition, or is wanted; or that it was nobody, or a program.
  static constexpr std::array<std::string_view, 44> otherwise = {
      "not",      "no",       "never",     "nobody", "without",  "must",        "should",    "need",    "needs",
      "required", "requires", "if",        "unless", "before",   "when",        "until",     "please",  "cannot",
      "fail",     "failed",   "error",     "denied", "have",     "has to",      "only",      "who",     "false",
      "null",     "none",     "anonymous", "lost",   "redirect", "redirecting", "unable",    "invalid", "expired",
      "see",      "users",    "cron",      "backup", "smtp",     "ldap",        "mechanism", "job"};
  const std::string lower = ascii_lower(line);
  return has_any(lower, done) && !has_any(lower, otherwise) && !lower.contains("n't");
}

std::optional<std::size_t> newest_sign_in(std::span<const std::string_view> lines) {
  for (std::size_t i = lines.size(); i > 0; --i)
    if (says_signed_in(lines[i - 1])) return i - 1;
  return std::nullopt;
}

} // namespace murphy::diagnose
