// The kinds of expectations one by one, for failed_expectations.cpp, and what they have in common.
#pragma once

#include "diagnose/failed_expectations.h"
#include "diagnose/suspect_of.h"

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

namespace murphy::diagnose {

// The evidence of a step that has failed expectations, with what is read off it again and again.
class FailedExpectations {
public:
  // `evidence.of_step` must be there. It is looked into, not copied.
  explicit FailedExpectations(const Evidence& evidence);

  const Evidence& evidence() const { return evidence_; }
  const StepFacts& facts() const { return *evidence_.of_step; }
  // The requests of the step itself.
  std::span<const Exchange> own() const;
  bool has_server_error() const;

  // The first failed expectation of one of these codes, or null.
  const record::Failure* failure(std::initializer_list<record::FailureCode> codes) const;
  // The failed one about the status, or about the dashboard.
  const record::Failure* about_status() const;
  const record::Failure* about_dashboard() const;

  // `dashboard = "open"` or "closed" that did not hold, and the dashboard's path.
  bool wants_dashboard_open() const;
  bool wants_dashboard_closed() const;
  std::string dashboard_path() const;
  // The scenario wants the form to be taken; or to be refused.
  bool wants_success() const;
  bool wants_refusal() const;

  bool page_has_password_field() const;
  bool page_says(std::initializer_list<std::string_view> words) const;
  // The page speaks of too many attempts or of a lock.
  bool page_says_locked() const;
  // The failed expectations ask for such words.
  bool wants_lock_words() const;
  // A status from 400 to 499 was asked for; or one from 200 to 399.
  bool wants_refusing_status() const;
  bool wants_good_status() const;
  // What was typed for the name of the account; empty when nothing was.
  std::string account() const;
  bool was_signed_in() const;

private:
  const Evidence& evidence_;
  std::string page_; // its words in lower case
};

// The likely cause as far as it is about who is let in.
std::optional<Hypothesis> about_access(const FailedExpectations& failed);
// … about a form that was refused.
std::optional<Hypothesis> about_refusal(const FailedExpectations& failed);
// … about an address of the scenario that may be misspelled.
std::optional<Hypothesis> about_address(const FailedExpectations& failed);
// … about what the page's own policy forbids.
std::optional<Hypothesis> about_policy(const FailedExpectations& failed);
// … about a form, field, link or element that is not there as the scenario spells it.
std::optional<Hypothesis> about_missing_part(const FailedExpectations& failed);
// What goes by the wanted name is not there, and something with a near one is: which of the two is misspelled.
Hypothesis about_two_names(std::string cause, const std::string& wanted, const std::string& near);
// … about what the page shows.
std::optional<Hypothesis> about_page(const FailedExpectations& failed);
// … about status, headers, cookies, redirects.
std::optional<Hypothesis> about_answer(const FailedExpectations& failed);

} // namespace murphy::diagnose
