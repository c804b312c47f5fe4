#include "diagnose/failed_expectation_parts.h"

#include "base/address.h"
#include "base/folded_name.h"
#include "base/text.h"
#include "diagnose/names.h"
#include "record/set_cookie.h"
#include "words/dropped_cookie_text.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::FailureCode;
using record::Layer;

// This number of refusals on one account are more than a scenario that means anything else would make.
constexpr std::ptrdiff_t many_refusals = 3;

std::ptrdiff_t refusals_of(const FailedExpectations& failed, const std::string& account) {
  return std::ranges::count_if(failed.facts().attempts,
                               [&](const SignInAttempt& each) { return !each.accepted && each.account == account; });
}

bool is_sign_in_path(std::string_view path) {
  const std::string lower = ascii_lower(path);
  for (const std::string_view word : {"login", "log-in", "log_in", "signin", "sign-in", "sign_in", "logon", "session"})
    if (lower.contains(word)) return true;
  return false;
}

bool sends_token(const SentForm& sent) {
  return std::ranges::any_of(sent.fields,
                             [](const SentField& field) { return role_of(field.name) == FieldRole::token; });
}

bool sends_password(const SentForm& sent) {
  return std::ranges::any_of(sent.fields, [](const SentField& field) {
    return field.type == "password" || role_of(field.name) == FieldRole::password;
  });
}

Hypothesis to_anybody(const FailedExpectations& failed) {
  const std::string path = failed.own().empty() ? "the dashboard" : failed.own().back().path;
  return {suspect_of(Layer::config, Layer::controller, Confidence::medium,
                     fmt::format("{} opens without signing in", path), failed.own().empty() ? "" : path),
          "access"};
}

// The dashboard is open to somebody whom the scenario wants kept out.
Hypothesis let_in(const FailedExpectations& failed) {
  const StepFacts& facts = failed.facts();
  const auto& sent = facts.sent;
  const bool posts = sent && ascii_lower(sent->method) == "post";
  if (posts && sent->made_up)
    return {suspect_of(Layer::config, Layer::controller, Confidence::medium,
                       sends_token(*sent) ? fmt::format("{} takes a form with the token of another session", sent->path)
                                          : fmt::format("{} takes a form without a CSRF token", sent->path),
                       sent->path),
            "access"};
  // The form of somebody who is in and types no password is one to sign out.
  if (posts && (sends_password(*sent) || !failed.was_signed_in())) {
    if (failed.wants_lock_words() || refusals_of(failed, failed.account()) >= many_refusals)
      return {suspect_of(Layer::config, Layer::model, Confidence::medium,
                         "wrong passwords do not lock the account: look how many are allowed"),
              "lock"};
    return {suspect_of(Layer::model, Layer::config, Confidence::medium,
                       "what was typed is no right password, and the app takes it: passwords are not compared as a "
                       "whole, or not as they were typed"),
            "credentials"};
  }
  if (facts.own_cookie || failed.was_signed_in())
    return {suspect_of(Layer::session, Layer::model, Confidence::medium,
                       facts.own_cookie ? "a copied cookie still opens the dashboard: the app did not end its session"
                                        : "the session is still good after it should have ended")};
  const std::string path = failed.own().empty() ? std::string() : failed.own().back().path;
  return {suspect_of(Layer::config, Layer::controller, Confidence::medium,
                     fmt::format("{} opens without signing in", path), path),
          "access"};
}

// A page that should have sent a visitor to sign in, and did not.
std::optional<Hypothesis> open_to_visitors(const FailedExpectations& failed) {
  const auto* page = failed.failure({FailureCode::wrong_page});
  const auto own = failed.own();
  if (page == nullptr || page->wanted.is_negated || own.empty() || own.size() > 1 || failed.was_signed_in() ||
      failed.facts().sent)
    return std::nullopt;
  const std::string& wanted = page->wanted.text;
  if (!is_sign_in_path(wanted) || is_sign_in_path(own.front().path) || own.front().status == 404) return std::nullopt;
  Hypothesis hypothesis{suspect_of(Layer::config, Layer::controller, Confidence::medium,
                                   fmt::format("{} does not send visitors to {}", own.front().path, wanted),
                                   own.front().path),
                        "access"};
  // That there is nobody signed in is what the error then is about.
  hypothesis.weight = own.front().status >= 500 ? 4 : 4.5;
  return hypothesis;
}

// When all was well, it was sent below the same path.
bool is_as_before(const CookieSet& cookie, const Evidence& evidence) {
  if (!evidence.known_good || !evidence.known_good->record) return false;
  return std::ranges::any_of(evidence.known_good->record->cookies, [&](const record::KnownCookie& known) {
    return known.name == folded_name(cookie.name) && known.path == cookie.path;
  });
}

// The attribute that keeps browsers from a cookie, as the header spells it; empty where none does.
std::string_view attribute_at_fault(record::CookieDrop why) {
  using enum record::CookieDrop;
  switch (why) {
  case domain_not_ascii:
  case domain_public_suffix:
  case domain_elsewhere:
  case prefix_host_domain: return "Domain";
  case prefix_host_path: return "Path";
  case secure_over_http:
  case prefix_secure_insecure:
  case prefix_host_insecure:
  case shadows_secure: return "Secure";
  case same_site_none_insecure:
  case cross_site: return "SameSite";
  default: return {};
  }
}

// The session does not come back, and the cookie says why.
std::optional<Hypothesis> lost_cookie(const FailedExpectations& failed) {
  const auto& cookies = failed.facts().cookies;
  std::set<std::string> kept;
  for (const CookieSet& cookie : cookies)
    if (!cookie.dropped) kept.insert(cookie.name);
  for (const CookieSet& cookie : cookies) {
    if (!cookie.dropped || kept.contains(cookie.name)) continue;
    Hypothesis lost{suspect_of(
        Layer::session, Layer::unknown, Confidence::high,
        fmt::format("browsers do not keep the cookie \"{}\": {}", cookie.name, words::reason_text(*cookie.dropped)),
        cookie.name)};
    const std::string_view attribute = attribute_at_fault(cookie.dropped->why);
    if (!attribute.empty()) lost.suspect.subject = subject_of_cookie(cookie.name, attribute);
    return lost;
  }
  for (const CookieSet& cookie : cookies) {
    if (cookie.path.empty() || cookie.path == "/" || is_as_before(cookie, failed.evidence())) continue;
    for (const Exchange& exchange : failed.own()) {
      const bool reached = std::ranges::any_of(cookies, [&](const CookieSet& other) {
        return other.name == cookie.name &&
               (other.path.empty() || record::cookie_path_matches(exchange.path, other.path));
      });
      if (reached) continue;
      Hypothesis lost{suspect_of(Layer::session, Layer::unknown, Confidence::high,
                                 fmt::format("the cookie \"{}\" is sent below {} only, and not to {}", cookie.name,
                                             cookie.path, exchange.path),
                                 cookie.name)};
      lost.suspect.subject = subject_of_cookie(cookie.name, "Path");
      return lost;
    }
  }
  return std::nullopt;
}

std::optional<Hypothesis> in_a_circle(const FailedExpectations& failed) {
  if (failed.failure({FailureCode::redirect_loop}) == nullptr) return std::nullopt;
  std::set<std::string> paths;
  for (const Exchange& exchange : failed.own()) paths.insert(exchange.path);
  if (paths.size() == 1)
    return Hypothesis{
        suspect_of(Layer::config, Layer::controller, Confidence::medium,
                   fmt::format("{} leads back to itself: {}", *paths.begin(),
                               is_sign_in_path(*paths.begin()) ? "the sign-in page itself asks for signing in"
                                                               : "look at what it redirects for"),
                   *paths.begin()),
        "access"};
  return Hypothesis{
      suspect_of(Layer::session, Layer::config, Confidence::medium,
                 "the app signs in and out in a circle: the session is known on one page and not on the next")};
}

// A page asks for the password of somebody who has signed in before.
std::optional<Hypothesis> forgotten(const FailedExpectations& failed) {
  if (!failed.wants_dashboard_open() || failed.facts().sent || !failed.page_has_password_field()) return std::nullopt;
  if (!failed.was_signed_in()) {
    if (failed.facts().attempts.empty()) return std::nullopt;
    return Hypothesis{suspect_of(Layer::controller, Layer::model, Confidence::low,
                                 fmt::format("the sign-in was not accepted: the page at {} is the sign-in page again",
                                             failed.dashboard_path()))};
  }
  return Hypothesis{suspect_of(Layer::session, Layer::config, Confidence::medium,
                               "the session was good in an earlier step and is over now")};
}

// Away from the app, to a page that does not even ask who is there.
std::optional<Hypothesis> on_another_origin(const FailedExpectations& failed) {
  const auto* failure = failed.failure({FailureCode::dashboard_not_reached, FailureCode::wrong_page});
  if (failure == nullptr || !failure->got.answer.has(record::PageTrait::other_origin) ||
      failed.page_has_password_field())
    return std::nullopt;
  const std::string& address = failure->code == FailureCode::wrong_page ? failure->got.text : failure->got.answer.path;
  const std::string origin(address_parts(address).origin);
  return Hypothesis{
      suspect_of(Layer::config, Layer::controller, Confidence::high,
                 fmt::format("the app leads to {}, which is not the target: look at its base address", origin), origin),
      "redirect"};
}

// The app's session is over, the identity provider's is not.
std::optional<Hypothesis> in_again(const FailedExpectations& failed) {
  const auto* failure = failed.failure({FailureCode::dashboard_reentered, FailureCode::wrong_provider_state});
  if (failure == nullptr) return std::nullopt;
  const bool is_named = failure->code == FailureCode::wrong_provider_state;
  const std::string& origin = is_named ? failure->part : failure->got.text;
  if (is_named && failure->got.text != "lets_in") return std::nullopt;
  return Hypothesis{suspect_of(Layer::session, Layer::config, Confidence::medium,
                               fmt::format("{} lets the visitor in again: its own session is still good", origin),
                               origin),
                    "access"};
}

std::optional<Hypothesis> not_of_dashboard_alone(const FailedExpectations& failed) {
  const auto* failure = failed.failure({FailureCode::shared_marker});
  if (failure == nullptr) return std::nullopt;
  return Hypothesis{
      suspect_of(Layer::harness, Layer::unknown, Confidence::high,
                 fmt::format("{} is on {}, too, which is not the dashboard: choose another element for `shows`",
                             failure->part, failure->got.answer.path),
                 failure->part)};
}

} // namespace

std::optional<Hypothesis> about_access(const FailedExpectations& failed) {
  if (auto circle = in_a_circle(failed)) {
    if (auto cookie = lost_cookie(failed)) return cookie;
    return circle;
  }
  if (auto open = open_to_visitors(failed)) return open;
  if (auto shared = not_of_dashboard_alone(failed)) return shared;
  if (auto away = on_another_origin(failed)) return away;
  // The negative control of an open dashboard.
  if (failed.failure({FailureCode::dashboard_public}) != nullptr) return to_anybody(failed);
  if (failed.has_server_error()) return std::nullopt;
  if (auto again = in_again(failed)) return again;
  if (failed.wants_dashboard_closed()) {
    // Nobody says that who was let in was not the one: the answer to the form is what does not fit.
    if (failed.failure({FailureCode::dashboard_visible}) != nullptr) return let_in(failed);
    return std::nullopt;
  }
  if (failed.wants_success())
    if (auto cookie = lost_cookie(failed)) return cookie;
  return forgotten(failed);
}

} // namespace murphy::diagnose
