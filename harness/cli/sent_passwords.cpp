#include "cli/sent_passwords.h"

#include "base/address.h"
#include "base/percent.h"
#include "base/sign_in_words.h"
#include "scenario/app_flow.h"
#include "scenario/sign_in_attempts.h"

#include <algorithm>
#include <map>
#include <string_view>

namespace murphy::cli {
namespace {

using record::Exchange;
using record::Reason;

constexpr int unauthorized = 401;
constexpr int server_errors = 500;

// What was sent in a case, and may have been counted.
struct Sent {
  int all = 0;     // passwords that the app answered
  int refused = 0; // of these, all but those that it led on from
  int again = 0;   // of all, those of tries but the last one of a step
};

bool is_read_only(const std::string& method) { return method == "GET" || method == "HEAD" || method == "OPTIONS"; }

bool is_of_murphy(const Exchange& exchange) {
  return exchange.reason == Reason::probe || exchange.reason == Reason::control || exchange.reason == Reason::ready;
}

class Counting {
public:
  explicit Counting(const scenario::App& app) {
    if (const scenario::Text* page = scenario::sign_in_page(app)) sign_in_path_ = address_parts(page->source).path;
  }

  Sent of(const record::CaseResult& result) const {
    const auto is_named = [&](const Exchange& each) { return names_a_sign_in(each); };
    const bool any_is_named = std::ranges::any_of(result.steps, [&](const record::StepResult& step) {
      return std::ranges::any_of(step.evidence.exchanges, is_named);
    });
    Sent sent;
    for (const record::StepResult& step : result.steps) {
      const int tries = step.note.kind == record::Note::Kind::retried ? static_cast<int>(step.note.number) : 1;
      for (const Exchange& each : step.evidence.exchanges) {
        if (each.status == 0 || each.status >= server_errors || is_of_murphy(each)) continue;
        // Where no request names a password, the app may give it any name.
        if (!is_refused_authorization(each) && !(any_is_named ? is_named(each) : may_change(each))) continue;
        sent.all += tries;
        sent.again += tries - 1;
        if (!is_taken(each, step)) sent.refused += tries;
      }
    }
    return sent;
  }

private:
  static bool may_change(const Exchange& each) {
    return !is_read_only(each.method) && each.reason != Reason::redirected;
  }

  static bool is_refused_authorization(const Exchange& each) {
    return each.status == unauthorized && record::find_header(each.request_headers, "Authorization") != nullptr;
  }

  bool names_a_sign_in(const Exchange& each) const {
    return may_change(each) && (names_a_password(form_urldecode(each.request_body)) || is_sign_in_page(each.url));
  }

  bool is_sign_in_page(std::string_view address) const {
    return !sign_in_path_.empty() && address_parts(address).path == sign_in_path_;
  }

  // An app that takes a password leads on from the form; one that does not, back to it.
  bool is_taken(const Exchange& each, const record::StepResult& step) const {
    const std::string* location = record::find_header(each.headers, "Location");
    if (sign_in_path_.empty() || location == nullptr || !record::is_redirect(each.status)) return false;
    if (is_sign_in_page(*location) || address_parts(*location).path == address_parts(each.url).path) return false;
    if (step.evidence.page && record::asks_for_password(*step.evidence.page)) return false;
    return std::ranges::none_of(step.evidence.exchanges, [&](const Exchange& other) {
      return other.reason == Reason::redirected && is_sign_in_page(other.url);
    });
  }

  std::string sign_in_path_; // empty: it is not known
};

} // namespace

SentPasswords sent_passwords(const run::Case& planned, const record::CaseResult& result, const scenario::App& app) {
  SentPasswords passwords;
  const auto attempts = scenario::sign_in_attempts(*planned.scenario, planned.example, app);
  if (attempts.empty()) return passwords;
  const Sent sent = Counting(app).of(result);
  const bool has_passed = result.outcome == record::Outcome::passed;
  for (const auto& [user, expected] : attempts) {
    // A scenario that passed has sent what it says, and what a step sent before its last try.
    const int wrong = has_passed ? expected.wrong + sent.again : sent.refused;
    if (wrong > 0) passwords.wrong[user] = wrong;
    if (!has_passed && sent.refused > 0 && expected.all > expected.wrong) passwords.refused.insert(user);
  }
  return passwords;
}

} // namespace murphy::cli
