#include "diagnose/failed_expectation_parts.h"

#include "base/sign_in_words.h"
#include "base/text.h"

#include <algorithm>
#include <utility>

namespace murphy::diagnose {

using record::FailureCode;

FailedExpectations::FailedExpectations(const Evidence& evidence)
    : evidence_(evidence), page_(ascii_lower(words_of_page(evidence))) {}

std::span<const Exchange> FailedExpectations::own() const {
  const std::span<const Exchange> all(evidence_.exchanges);
  return all.subspan(std::min(facts().first_exchange, all.size()));
}

bool FailedExpectations::has_server_error() const {
  return std::ranges::any_of(own(), [](const Exchange& each) { return each.status >= 500; });
}

const record::Failure* FailedExpectations::failure(std::initializer_list<FailureCode> codes) const {
  const auto found = std::ranges::find_if(facts().failures, [&](const record::Failure& each) {
    return std::ranges::find(codes, each.code) != codes.end();
  });
  return found == facts().failures.end() ? nullptr : &*found;
}

const record::Failure* FailedExpectations::about_status() const {
  return failure({FailureCode::wrong_status, FailureCode::server_error, FailureCode::error_status});
}

const record::Failure* FailedExpectations::about_dashboard() const {
  using enum FailureCode;
  return failure({dashboard_not_reached, dashboard_incomplete, dashboard_visible, dashboard_in_redirect,
                  dashboard_not_refused, dashboard_public, dashboard_unreadable, dashboard_unanswered,
                  dashboard_reentered});
}

bool FailedExpectations::wants_dashboard_closed() const {
  const auto* found = about_dashboard();
  return found != nullptr && found->wanted.kind == record::Wanted::Kind::closed &&
         found->code != FailureCode::dashboard_public;
}

bool FailedExpectations::wants_dashboard_open() const {
  return about_dashboard() != nullptr && !wants_dashboard_closed();
}

std::string FailedExpectations::dashboard_path() const {
  const auto* found = about_dashboard();
  return found == nullptr || found->wanted.kind != record::Wanted::Kind::open ? std::string() : found->subject;
}

bool FailedExpectations::wants_refusing_status() const {
  const auto* found = failure({FailureCode::wrong_status});
  return found != nullptr && !found->wanted.statuses.empty() && found->wanted.statuses.front().first / 100 == 4;
}

bool FailedExpectations::wants_good_status() const {
  if (failure({FailureCode::error_status}) != nullptr) return true;
  const auto* found = failure({FailureCode::wrong_status});
  if (found == nullptr || found->wanted.statuses.empty()) return false;
  const int hundred = found->wanted.statuses.front().first / 100;
  return hundred == 2 || hundred == 3;
}

bool FailedExpectations::wants_refusal() const {
  using enum FailureCode;
  return wants_dashboard_closed() || wants_refusing_status() ||
         failure({missing_form_error, wrong_form_error, missing_field_error, wrong_field_error}) != nullptr;
}

bool FailedExpectations::wants_success() const {
  if (wants_refusal()) return false;
  return wants_dashboard_open() || wants_good_status() ||
         failure({FailureCode::wrong_page, FailureCode::wrong_redirects, FailureCode::not_signed_in,
                  FailureCode::sign_in_stopped}) != nullptr;
}

bool FailedExpectations::page_has_password_field() const {
  return std::ranges::any_of(facts().tags, [](const Tag& tag) {
    const auto type = tag.attributes.find("type");
    return tag.name == "input" && type != tag.attributes.end() && is_password_type(type->second);
  });
}

bool FailedExpectations::page_says(std::initializer_list<std::string_view> words) const {
  return std::ranges::any_of(words, [&](std::string_view each) { return page_.contains(each); });
}

bool FailedExpectations::page_says_locked() const {
  return std::ranges::any_of(evidence_.errors, [](const record::ShownError& each) { return says_locked(each.words); });
}

bool FailedExpectations::wants_lock_words() const {
  return std::ranges::any_of(facts().failures, [](const record::Failure& each) {
    using enum FailureCode;
    const bool is_about_words = each.code == missing_text || each.code == missing_form_error ||
                                each.code == wrong_form_error || each.code == missing_field_error ||
                                each.code == wrong_field_error;
    return is_about_words && !each.wanted.is_negated && says_locked(each.wanted.text);
  });
}

std::string FailedExpectations::account() const { return facts().sent ? account_in(*facts().sent) : std::string(); }

bool FailedExpectations::was_signed_in() const {
  return std::ranges::any_of(facts().attempts, [](const SignInAttempt& each) { return each.accepted; });
}

} // namespace murphy::diagnose
