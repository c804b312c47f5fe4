// The names that enumerators go by in the journal, in the order of their declarations.
#pragma once

#include "record/event.h"

#include <array>
#include <cstddef>
#include <string_view>

namespace murphy::record {

constexpr std::array<std::string_view, 102> names_of(FailureCode) {
  return {"as_written",
          "wrong_status",
          "server_error",
          "error_status",
          "wrong_page",
          "wrong_redirects",
          "missing_header",
          "wrong_header",
          "too_slow",
          "not_json",
          "missing_json",
          "wrong_json",
          "wrong_json_length",
          "unwanted_json",
          "missing_cookie",
          "unwanted_cookie",
          "unknown_cookie",
          "cookie_not_renewed",
          "cookie_renewed",
          "cookie_without_flag",
          "cookie_with_flag",
          "wrong_cookie_attribute",
          "wrong_title",
          "missing_text",
          "unwanted_text",
          "missing_element",
          "unwanted_element",
          "wrong_element_count",
          "wrong_element_text",
          "missing_element_attribute",
          "wrong_element_attribute",
          "missing_field_error",
          "wrong_field_error",
          "unwanted_field_error",
          "missing_form_error",
          "wrong_form_error",
          "not_html",
          "not_signed_in",
          "sign_in_stopped",
          "dashboard_not_reached",
          "dashboard_incomplete",
          "dashboard_visible",
          "dashboard_in_redirect",
          "dashboard_not_refused",
          "dashboard_public",
          "shared_marker",
          "dashboard_unreadable",
          "dashboard_unanswered",
          "dashboard_reentered",
          "wrong_provider_state",
          "no_page",
          "out_of_time",
          "missing_form",
          "button_without_form",
          "missing_field",
          "missing_link",
          "unusable_link",
          "redirect_loop",
          "too_many_redirects",
          "broken_redirect",
          "endless_refresh",
          "broken_refresh",
          "forbidden_form",
          "forbidden_script",
          "forbidden_frame",
          "forbidden_host",
          "missing_csrf_token",
          "app_ended",
          "capture_unreadable",
          "capture_missing_element",
          "capture_missing_attribute",
          "capture_missing_header",
          "capture_missing_cookie",
          "capture_not_json",
          "capture_missing_json",
          "capture_null",
          "capture_no_match",
          "capture_missing_parameter",
          "capture_undecodable",
          "known_failure_passes",
          "known_failure_overdue",
          "validate_without_page",
          "validate_missing_form",
          "validate_lost_form",
          "validate_same_field",
          "validate_fixed_field",
          "validate_without_rules",
          "validate_too_many",
          "validate_refused",
          "validate_by_get",
          "validate_by_script",
          "validate_captcha",
          "validate_needs_writes",
          "validate_not_put_back",
          "rule_not_declared",
          "rule_not_judged",
          "rule_declared_stricter",
          "rule_refuses_valid",
          "rule_error_misplaced",
          "rule_error_silent",
          "rule_server_error",
          "rule_accepts_invalid"};
}
constexpr std::array<std::string_view, 2> names_of(Policy::From) { return {"header", "meta"}; }
constexpr std::array<std::string_view, 8> names_of(Wanted::Kind) {
  return {"none", "equal", "part", "match", "at_least", "literal", "open", "closed"};
}
constexpr std::array<std::string_view, 6> names_of(CookieChange) {
  return {"unknown", "never_there", "added", "gone", "kept", "replaced"};
}
constexpr std::array<std::string_view, 9> names_of(PageTrait) {
  return {"unreadable",      "asks_for_password", "shows_sign_in_form", "shows_dashboard", "lacks_dashboard",
          "is_sign_in_page", "ended_session",     "says_taken",         "other_origin"};
}
constexpr std::array<std::string_view, 5> names_of(ProbeEnd) {
  return {"not_asked", "works", "refused", "server_error", "no_answer"};
}
constexpr std::array<std::string_view, 10> names_of(Standing) {
  return {"none", "enforced", "missing", "looser", "stricter", "misplaced", "silent", "error", "unchecked", "unknown"};
}
constexpr std::array<std::string_view, 9> names_of(TestedValue::Kind) {
  return {"none", "empty", "spaces", "text", "hidden", "not_ticked", "nothing_chosen", "left_out", "as_written"};
}
constexpr std::array<std::string_view, 12> names_of(SubmissionEnd) {
  return {"none",         "accepted",  "refused_here", "refused_elsewhere", "refused_unplaced", "refused_silently",
          "server_error", "throttled", "locked",       "signed_out",        "unknown",          "as_written"};
}
constexpr std::array<std::string_view, 9> names_of(ColumnSeen::Fact) {
  return {"none",   "absent",    "length", "loose_length", "nullable", "not_null", "not_null_with_default",
          "unique", "as_written"};
}
constexpr std::array<std::string_view, 8> names_of(ColumnTrouble) {
  return {"none", "refuses_first", "takes_less", "shorter", "shorter_unasked", "cuts", "needs_value", "needs_other"};
}
constexpr std::array<std::string_view, 14> names_of(RuleNote::Kind) {
  return {"not_tested",       "page_looser",     "server_stricter",   "always_chosen",   "too_long",
          "no_value_between", "ignored_pattern", "no_breaking_value", "no_wide_letters", "taken",
          "unclear",          "refuses_all",     "not_reached",       "as_written"};
}
constexpr std::array<std::string_view, 12> names_of(Note::Kind) {
  return {"none",
          "as_written",
          "interrupted",
          "retried",
          "other_target",
          "condition_without_page",
          "condition_unmet",
          "condition_unjudged",
          "known_failure",
          "stepped",
          "skipped_by_hand",
          "repeated_by_hand"};
}
constexpr std::array<std::string_view, 16> names_of(CookieDrop) {
  return {"unknown",
          "control_character",
          "too_long",
          "empty",
          "domain_not_ascii",
          "domain_public_suffix",
          "domain_elsewhere",
          "secure_over_http",
          "same_site_none_insecure",
          "cross_site",
          "prefix_without_name",
          "prefix_secure_insecure",
          "prefix_host_insecure",
          "prefix_host_domain",
          "prefix_host_path",
          "shadows_secure"};
}
constexpr std::array<std::string_view, 9> names_of(Layer) {
  return {"unknown", "view", "controller", "model", "database", "session", "config", "network", "harness"};
}
constexpr std::array<std::string_view, 4> names_of(Confidence) { return {"guess", "low", "medium", "high"}; }
constexpr std::array<std::string_view, 10> names_of(EvidenceSource) {
  return {"console", "database_log", "page",   "requests",   "form",
          "schema",  "baseline",     "probes", "validation", "expectation"};
}
constexpr std::array<std::string_view, 11> names_of(SuggestionOrigin) {
  return {"none",      "engine_hint",    "choices_in_message", "attributes_in_message", "schema",  "baseline",
          "statement", "usual_spelling", "field_id",           "field_label",           "scenario"};
}
constexpr std::array<std::string_view, 5> names_of(Outcome) {
  return {"passed", "failed", "error", "skipped", "not_run"};
}
constexpr std::array<std::string_view, 2> names_of(EntryFrom) { return {"page", "scenario"}; }
constexpr std::array<std::string_view, 2> names_of(AddressFrom) { return {"scenario", "capture"}; }
constexpr std::array<std::string_view, 12> names_of(Reason) {
  return {"opened",         "submitted",     "clicked", "requested", "redirected", "refreshed",
          "auto_submitted", "authenticated", "framed",  "probe",     "control",    "ready"};
}
constexpr std::array<std::string_view, 3> names_of(RetryReason) { return {"did_not_pass", "no_answer", "app_ended"}; }
constexpr std::array<std::string_view, 3> names_of(AppLoss) { return {"unreachable", "broken", "died"}; }
constexpr std::array<std::string_view, 5> names_of(ErrorKind) {
  return {"usage", "target", "unseen", "internal", "interrupted"};
}

// One that is added and not named does not compile.
static_assert(names_of(ProbeEnd{}).size() == static_cast<std::size_t>(ProbeEnd::no_answer) + 1);
static_assert(names_of(FailureCode{}).size() == static_cast<std::size_t>(FailureCode::rule_accepts_invalid) + 1);
static_assert(names_of(Wanted::Kind{}).size() == static_cast<std::size_t>(Wanted::Kind::closed) + 1);
static_assert(names_of(CookieChange{}).size() == static_cast<std::size_t>(CookieChange::replaced) + 1);
static_assert(names_of(PageTrait{}).size() == static_cast<std::size_t>(PageTrait::other_origin) + 1);
static_assert(names_of(Standing{}).size() == static_cast<std::size_t>(Standing::unknown) + 1);
static_assert(names_of(TestedValue::Kind{}).size() == static_cast<std::size_t>(TestedValue::Kind::as_written) + 1);
static_assert(names_of(SubmissionEnd{}).size() == static_cast<std::size_t>(SubmissionEnd::as_written) + 1);
static_assert(names_of(ColumnSeen::Fact{}).size() == static_cast<std::size_t>(ColumnSeen::Fact::as_written) + 1);
static_assert(names_of(ColumnTrouble{}).size() == static_cast<std::size_t>(ColumnTrouble::needs_other) + 1);
static_assert(names_of(RuleNote::Kind{}).size() == static_cast<std::size_t>(RuleNote::Kind::as_written) + 1);
static_assert(names_of(Note::Kind{}).size() == static_cast<std::size_t>(Note::Kind::repeated_by_hand) + 1);
static_assert(names_of(CookieDrop{}).size() == static_cast<std::size_t>(CookieDrop::shadows_secure) + 1);
static_assert(names_of(Layer{}).size() == static_cast<std::size_t>(Layer::harness) + 1);
static_assert(names_of(Confidence{}).size() == static_cast<std::size_t>(Confidence::high) + 1);
static_assert(names_of(EvidenceSource{}).size() == static_cast<std::size_t>(EvidenceSource::expectation) + 1);
static_assert(names_of(SuggestionOrigin{}).size() == static_cast<std::size_t>(SuggestionOrigin::scenario) + 1);
static_assert(names_of(Outcome{}).size() == static_cast<std::size_t>(Outcome::not_run) + 1);
static_assert(names_of(EntryFrom{}).size() == static_cast<std::size_t>(EntryFrom::scenario) + 1);
static_assert(names_of(AddressFrom{}).size() == static_cast<std::size_t>(AddressFrom::capture) + 1);
static_assert(names_of(Reason{}).size() == static_cast<std::size_t>(Reason::ready) + 1);
static_assert(names_of(RetryReason{}).size() == static_cast<std::size_t>(RetryReason::app_ended) + 1);
static_assert(names_of(AppLoss{}).size() == static_cast<std::size_t>(AppLoss::died) + 1);
static_assert(names_of(ErrorKind{}).size() == static_cast<std::size_t>(ErrorKind::interrupted) + 1);

} // namespace murphy::record
