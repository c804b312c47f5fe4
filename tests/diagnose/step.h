// Steps of nobody's app, written as they go, and the failures they end with.
#pragma once

#include "diagnose/evidence_of_step.h"

#include <string>
#include <utility>
#include <vector>

namespace murphy::diagnose {

inline constexpr const char* home = "https://shop.example";

inline record::Failure failure(record::FailureCode code, std::string subject = {}, std::string part = {}) {
  record::Failure made;
  made.code = code;
  made.subject = std::move(subject);
  made.part = std::move(part);
  return made;
}

// The dashboard that should be open, and is not.
inline record::Failure not_reached() {
  record::Failure made = failure(record::FailureCode::dashboard_not_reached, "/account", ".me");
  made.wanted.kind = record::Wanted::Kind::open;
  return made;
}

// The dashboard that should be closed, and shows itself.
inline record::Failure visible() {
  record::Failure made = failure(record::FailureCode::dashboard_visible, "/account", ".me");
  made.wanted.kind = record::Wanted::Kind::closed;
  return made;
}

// Text that was compared.
inline record::Failure differs(record::FailureCode code, std::string subject, record::Wanted::Kind kind,
                               std::string wanted, std::string got) {
  record::Failure made = failure(code, std::move(subject));
  made.wanted.kind = kind;
  made.wanted.text = std::move(wanted);
  made.got = record::got_text(got);
  return made;
}

inline record::Failure status(int wanted, int got) {
  record::Failure made = failure(record::FailureCode::wrong_status);
  made.wanted.statuses = {{wanted, wanted}};
  made.got.answer.status = got;
  return made;
}

struct Step {
  record::StepResult result;

  explicit Step(std::string title) { result.title = std::move(title); }
  Step& asks(record::Reason reason, const std::string& method, const std::string& path, int answer,
             std::vector<record::Header> headers = {}) {
    record::Exchange exchange;
    exchange.reason = reason;
    exchange.method = method;
    exchange.url = home + path;
    exchange.status = answer;
    exchange.headers = std::move(headers);
    result.evidence.exchanges.push_back(std::move(exchange));
    return *this;
  }
  Step& opens(const std::string& path, int answer = 200) { return asks(record::Reason::opened, "GET", path, answer); }
  Step& leads_to(const std::string& path, int answer = 200) {
    return asks(record::Reason::redirected, "GET", path, answer);
  }
  // A form of the scenario's own making.
  Step& posts(const std::string& path, const std::string& body, int answer = 302) {
    asks(record::Reason::requested, "POST", path, answer);
    result.evidence.exchanges.back().request_body = body;
    result.evidence.exchanges.back().request_headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    return *this;
  }
  Step& loses(record::DroppedCookie cookie) {
    result.evidence.exchanges.back().dropped_cookies.push_back(std::move(cookie));
    return *this;
  }
  Step& by_a_captured_address() {
    result.address_from = record::AddressFrom::capture;
    return *this;
  }
  Step& shows(const std::string& html, std::vector<record::ShownError> errors = {}) {
    result.evidence.exchanges.back().body = html;
    record::PageSeen page;
    page.errors = std::move(errors);
    result.evidence.page = page;
    return *this;
  }
  Step& submits(const std::string& path, int answer, std::vector<record::FilledField> fields,
                const std::string& encoding = "application/x-www-form-urlencoded") {
    result.evidence.form = record::FilledForm{"Log in", "POST", home + path, encoding, std::move(fields)};
    return asks(record::Reason::submitted, "POST", path, answer);
  }
  Step& fails(record::Failure why) {
    result.outcome = record::Outcome::failed;
    result.failures.push_back(std::move(why));
    return *this;
  }
};

inline std::vector<record::FilledField> credentials(const std::string& name = "ada@example.com") {
  return {{"_token", "_token", "hidden", "‹token›"},
          {"Email", "email", "email", name},
          {"Password", "password", "password", "‹password›"}};
}

inline Step login() { return Step("open /login").opens("/login"); }
inline Step signed_in() { return Step("sign in").submits("/login", 302, credentials()).leads_to("/account"); }
inline Step wrong_password() { return Step("a slip").submits("/login", 302, credentials()).leads_to("/login"); }

// The evidence of `steps` with the last one failed; how the others ended does not matter.
inline Evidence evidence_after(const std::vector<Step>& steps) {
  std::vector<record::StepResult> results;
  for (const Step& step : steps) results.push_back(step.result);
  return evidence_of(results, "a case", {});
}

} // namespace murphy::diagnose
