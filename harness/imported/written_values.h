// What of a recorded value, address or text may stand in a scenario, and what stands in its place. Pure.
#pragma once

#include "imported/known_secrets.h"
#include "imported/lifted_values.h"
#include "web/url/url.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::imported {

// An account of the project.
struct KnownAccount {
  std::string name;     // "ada"
  std::string property; // what is typed to sign in: "email"
  std::string login;    // its value; empty: the project file does not say it
  bool has_password = false;
};

struct ValueSettings {
  std::string ticket;
  std::vector<KnownAccount> accounts; // the one to sign in as alone, where one was named
  bool is_account_named = false;      // whoever the recording signs in as
  bool takes_no_values = false;       // every typed value is lifted
};

// A value as it was typed, for people to see.
struct TypedValue {
  std::string field, value;
};

class WrittenValues {
public:
  // Everything must have been learned.
  WrittenValues(const ValueSettings& settings, const KnownSecrets& secrets)
      : settings_(settings), secrets_(secrets), lifted_(settings.ticket) {}

  // The account of the project that signs in with this; null: there is none.
  const KnownAccount* account_of(std::string_view login) const;

  // Text with references: what stands in the file for what was typed into a field. `name` is the field's own, `label`
  // what people call it.
  std::string login(const KnownAccount* account, std::string_view name, std::string_view value);
  std::string password(const KnownAccount* account, std::string_view value);
  std::string typed(std::string_view name, std::string_view label, std::string_view value);
  // The same where nobody saw the value.
  std::string unseen_password(const KnownAccount* account);
  std::string unseen(std::string_view name);
  // The same of what was sent by a page or a script that is not known: no name says for sure that it is no secret.
  std::string sent(std::string_view name, std::string_view value);

  // The path and the query to open, with what lets somebody in lifted out of them; what only counts clicks is left out.
  std::string address(const web::Url& address);
  // The path to expect, with * for what may differ another time.
  std::string page(const web::Url& address) const;
  // The same of a path of which nothing was learned.
  static std::string pattern_of(std::string_view path);
  // Words for people, at most 80 columns of them; none where they spell a secret, or a value that was typed.
  std::optional<std::string> words(std::string_view text) const;
  bool is_clean(std::string_view text) const { return secrets_.is_clean(text); }

  const LiftedValues& lifted() const { return lifted_; }
  const std::vector<TypedValue>& typed_values() const { return typed_; }

private:
  // The reference to the account of the project that this signs in.
  std::optional<std::string> login_of_project(std::string_view value) const;

  const ValueSettings& settings_;
  const KnownSecrets& secrets_;
  LiftedValues lifted_;
  std::vector<TypedValue> typed_;
  std::vector<std::string> logins_;
};

} // namespace murphy::imported
