// What a scenario expects and the app does not do, as data. Words are made of it in words/ alone, so that nothing that
// decides can come to depend on them.
#pragma once

#include "base/boxed.h"
#include "base/error.h"
#include "record/dropped_cookie.h"
#include "record/near_address.h"
#include "record/page.h"
#include "record/policy.h"
#include "record/validation.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::record {

// What did not hold. Beside each stands which parts of the failure say more.
enum class FailureCode {
  as_written, // an old journal has it in words: wanted.text, got.text, reason.hint

  // ---- the answer
  wrong_status,    // wanted.statuses; got.answer
  server_error,    // got.answer; where the scenario states no status
  error_status,    // got.answer: from 400 to 499, where the step expects nothing of the kind
  wrong_page,      // wanted; got.text: its path; got.answer: whether that is on another origin
  wrong_redirects, // wanted.list, got.list: "303 /login"
  missing_header,  // subject, wanted; others: those there are
  wrong_header,    // subject, wanted; got.text
  too_slow,        // wanted.number, got.number: milliseconds
  not_json,        // got.text; part: the content type
  missing_json,    // subject: the pointer; wanted; got.text: the document; where it should be absent, part: the member
                   // that is missing, others: those there are, one with a similar name
  wrong_json,      // subject, wanted; got.text
  wrong_json_length, // subject, wanted; got.number, or got.text of what has no length
  unwanted_json,     // subject; got.text

  // ---- cookies; subject: the name
  missing_cookie,         // others: those of the session; dropped
  unwanted_cookie,        //
  unknown_cookie,         // others: those of the session, one with a similar name; it should be absent, and always was
  cookie_not_renewed,     // got.change
  cookie_renewed,         // got.change
  cookie_without_flag,    // part: "secure"
  cookie_with_flag,       // part
  wrong_cookie_attribute, // part: "same_site"; wanted; got.text

  // ---- what the page shows; subject: a selector, or the label of a field
  wrong_title,               // wanted; got.text; others: words of it that are near the wanted ones
  missing_text,              // wanted; got.text: all of the page; others: words of it that are near
  unwanted_text,             // wanted; got.text; others: words that differ by a slip, where the page shows those
  missing_element,           // others: a selector that differs in a name, and selects something
  unwanted_element,          // got.text: its own; others: a selector that differs by a slip, and selects it
  wrong_element_count,       // wanted; got.number; others: as of a missing one
  wrong_element_text,        // wanted; got.text; others: words of it that are near
  missing_element_attribute, // part, wanted
  wrong_element_attribute,   // part, wanted; got.text
  missing_field_error,       // wanted; shown: all errors of the page; others: words of these that are near
  wrong_field_error,         // wanted; shown: those of the field; others: as above
  unwanted_field_error,      // shown: that one
  missing_form_error,        // wanted; shown: all errors of the page; others: as above
  wrong_form_error,          // wanted; shown: all errors of the page; others: as above
  not_html,                  // part: the content type; the expectation is about what HTML shows

  // ---- signing in. Of the dashboard, subject is its path, part the selector of what only it shows, and wanted.kind
  // open or closed
  not_signed_in,         // got.answer; shown
  sign_in_stopped,       // got.answer: where; subject: the dashboard, which does not open; may be empty; shown
  dashboard_not_reached, // got.answer; shown
  dashboard_incomplete,  // got.answer: it lacks what only the dashboard shows; shown
  dashboard_visible,     // got.answer; to a visitor who should not see it
  dashboard_in_redirect, // got.answer: it redirects away, with the dashboard in its body
  dashboard_not_refused, // got.answer
  dashboard_public,      // got.answer: of a visitor without a session; or reason
  shared_marker,         // got.answer: a page that is not the dashboard shows what only the dashboard should show
  dashboard_unreadable,  // got.answer, reason
  dashboard_unanswered,  // reason
  dashboard_reentered,   // got.answer; got.text: the origin that let the visitor in again
  wrong_provider_state,  // of an identity provider. subject: its name, part: its origin; wanted.text: "asks" or
                         // "lets_in"; got.text: the same, "fails", or empty where nobody was sent there; got.answer

  // ---- the step itself; reason says more
  no_page,             // no page is open that could be looked at
  out_of_time,         // the scenario's time was over
  missing_form,        // subject: its words
  button_without_form, // subject: its words; the button is on the page and belongs to no form
  missing_field,       // subject: its words; it is not there, or cannot be filled in
  missing_link,        // subject: its words, of a link or button
  unusable_link,       //
  redirect_loop,       //
  too_many_redirects,  //
  broken_redirect,     //
  endless_refresh,     // pages that go on by themselves
  broken_refresh,      //
  forbidden_form,      // by the page itself. policy; none: it goes from https to http
  forbidden_script,    // it would go on by itself. policy
  forbidden_frame,     // the answer may not be shown in the frame that it is for. policy; none: X-Frame-Options
  forbidden_host,      // a request was not sent: `allowed_hosts` does not list the host. subject: the host
  missing_csrf_token,  // subject: where it should be, "cookie XSRF-TOKEN"
  app_ended, // the app that Murphy started ended before it answered. got.text: how; reason.what: of the request

  // ---- captures; subject: what they read
  capture_unreadable,        // reason
  capture_missing_element,   // others: as of a missing element
  capture_missing_attribute, // part; others: those there are
  capture_missing_header,    //
  capture_missing_cookie,    // others: those of the session
  capture_not_json,          // got.text
  capture_missing_json,      // got.text: the document
  capture_null,              //
  capture_no_match,          // part: what was searched; empty: the page's source
  capture_missing_parameter, // part: "query" or "fragment"; got.text: the address
  capture_undecodable,       // part: the decoding; got.number: bytes

  // ---- known failures; subject: the ticket
  known_failure_passes,  //
  known_failure_overdue, // wanted.text: the day

  // ---- validate; subject: the form or field
  validate_without_page,  //
  validate_missing_form,  // got.answer, reason
  validate_lost_form,     // part: the page's address; got.answer
  validate_same_field,    // part: the other name
  validate_fixed_field,   // reason; none: the field has no name
  validate_without_rules, //
  validate_too_many,      // wanted.number, got.number; others: the fields
  validate_refused,       // got.answer, got.text: what it says; part: the field with a made-up value that it is about;
                          // others: all such
  validate_by_get,        // part: the password field
  validate_by_script,     // reason.what: what shows it
  validate_captcha,       // reason.what: what shows it
  validate_needs_writes,  // others: the fields that cannot be put back
  validate_not_put_back,  // got.answer, got.text; others: the fields
  rule_not_declared,      // cell
  rule_not_judged,        // cell
  rule_declared_stricter, // cell
  rule_refuses_valid,     // cell
  rule_error_misplaced,   // cell
  rule_error_silent,      // cell
  rule_server_error,      // cell
  rule_accepts_invalid,   // cell
};

// From 200 to 299.
struct StatusRange {
  int first = 0;
  int last = 0;
  bool operator==(const StatusRange&) const = default;
};

// What was asked for.
struct Wanted {
  enum class Kind {
    none,
    equal,    // to `text`
    part,     // that holds `text`
    match,    // of the regular expression `text`
    at_least, // `text`
    literal,  // `text`, as JSON writes it
    open,
    closed,
  };
  Kind kind = Kind::none;
  bool is_negated = false;
  bool is_masked = false; // `text` is the label of a secret
  std::string text;
  std::int64_t number = 0;
  std::vector<std::string> list;
  std::vector<StatusRange> statuses;
  bool operator==(const Wanted&) const = default;
};

// What became of a cookie in a step.
enum class CookieChange { unknown, never_there, added, gone, kept, replaced };

// What was there instead.
struct Got {
  std::string text;        // see got_text()
  std::size_t bytes = 0;   // of the whole text
  bool is_literal = false; // `text` is written as JSON writes it
  std::int64_t number = 0;
  std::vector<std::string> list;
  AnswerSeen answer;
  CookieChange change = CookieChange::unknown;
  bool operator==(const Got&) const = default;
};

// What another part of Murphy says of it, for people alone.
struct Explanation {
  std::string what;
  std::string hint;
  bool operator==(const Explanation&) const = default;
};

struct Failure {
  FailureCode code = FailureCode::as_written;
  std::string key; // of the expectation, as the scenario has it: "dashboard", "cookie.sid.secure"
  Place place;
  std::string source_line;
  std::string subject; // which header, cookie, selector, field, form …
  std::string part;    // of it
  Wanted wanted;
  Got got;
  std::vector<ShownError> shown;
  std::vector<DroppedCookie> dropped;
  std::vector<std::string> others;
  Explanation reason;
  Boxed<ValidationCell> cell;
  std::optional<Policy> policy;    // of the page, which forbids it
  Boxed<NearAddress> near_address; // whatever did not hold: an address of the scenario may be misspelled
  bool operator==(const Failure&) const = default;
};

// With the text; of a very long one its beginning, " […] " and its end. Once it is masked, keep_within_bounds() makes
// it as short as it is shown.
Got got_text(std::string_view text);
Got got_answer(AnswerSeen answer);

} // namespace murphy::record
