// What a HAR file holds that must not be written: learned from every entry, before anything of the file is shown.
#pragma once

#include "imported/har_entry.h"
#include "record/redactor.h"

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <unordered_set>

namespace murphy::imported {

class KnownSecrets {
public:
  // The redactor must outlive it.
  explicit KnownSecrets(record::Redactor& redactor) : redactor_(redactor) {}

  // Cookies, credentials and tokens of the request and of its answer: in headers, in the address, in what was sent, and
  // in the body where that is a page or JSON. Passwords and codes that were sent, by their names.
  void learn(const HarEntry& entry);
  // What was typed into a field that hides it.
  void add_password(std::string_view password) { passwords_.emplace(password); }
  // Everything is known: passwords are looked for from now on. One of letters alone that is among the words of the
  // pages is not given away by them, and is left out.
  void finish(std::string_view words_of_pages);

  // Whether the text holds nothing that was learned: no password in any spelling, no token as it stands or
  // percent-encoded; and nothing that looks like one.
  bool is_clean(std::string_view text) const;

  // Whether what goes by this name, or what it looks like, makes a value one to be kept out of files.
  static bool is_secret(std::string_view name, std::string_view value);
  // Whether a part of a path is made up by an app to let somebody in: "3f9c1e7a8b2d4c60", "SplxlOBeZQQYbYS6WxSbIA".
  static bool is_token(std::string_view part);

private:
  void learn_token(std::string_view name, std::string_view value);
  void learn_text(std::string_view text);
  void learn_address(std::string_view address);
  void learn_sent(std::string_view name, std::string_view value);

  record::Redactor& redactor_; // of passwords, and of what else was sent
  // Hashes of tokens. A large file has a hundred thousand of them: as many are more than a redactor can look for.
  std::unordered_set<std::size_t> tokens_;
  std::set<std::string, std::less<>> passwords_;
};

} // namespace murphy::imported
