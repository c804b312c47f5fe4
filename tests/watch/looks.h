// What rounds may have seen, for tests.
#pragma once

#include "watch/look.h"

#include <chrono>
#include <string>
#include <utility>
#include <vector>

namespace murphy::watch {

inline Instant at(std::chrono::seconds since) { return Instant(std::chrono::hours(500'000) + since); }

inline CheckLook passed(const std::string& check, const std::string& feature = "Sign in") {
  return {.check = check, .feature = check == target_check ? "" : feature, .cause = {}, .headline = {}, .place = {}};
}

inline LikelyCause cause_named(const std::string& fingerprint, std::vector<std::string> names = {},
                               record::Confidence confidence = record::Confidence::high) {
  return {.fingerprint = fingerprint,
          .words = "the database — " + fingerprint,
          .confidence = confidence,
          .names = std::move(names)};
}

inline CheckLook failed(const std::string& check, std::optional<LikelyCause> cause = {}) {
  CheckLook look = passed(check);
  look.outcome = CheckLook::Outcome::failed;
  look.cause = std::move(cause);
  look.headline = "submit “Sign in”, status: expected a page, got 500";
  look.place = "scenarios/sign-in.toml:8:5";
  return look;
}

inline RoundLook round_of(std::chrono::seconds since, std::vector<CheckLook> checks) {
  return {.at = at(since), .checks = std::move(checks), .schema = {}, .trouble = {}};
}

inline RoundLook schema_round(std::chrono::seconds since, std::vector<std::string> differences) {
  return {.at = at(since),
          .checks = {},
          .schema = SchemaLook{.differences = std::move(differences), .blind = {}},
          .trouble = {}};
}

} // namespace murphy::watch
