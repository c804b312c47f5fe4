#include "words/failure_text.h"

#include "base/address.h"
#include "base/near_words.h"
#include "base/nearest.h"
#include "base/text.h"
#include "words/dropped_cookie_text.h"
#include "words/quoted.h"
#include "words/rule_text.h"

#include <cstdint>
#include <fmt/format.h>
#include <string_view>
#include <utility>

namespace murphy::words {

namespace {

using record::Failure;
using record::FailureCode;
using record::PageTrait;
using record::Wanted;

// How much of a text is shown, in bytes.
constexpr std::size_t longest_text = 300;
constexpr std::size_t longest_document = 200;
constexpr std::size_t longest_element = 120;

// What stands on lines of its own.
std::string lines_of(const std::string& first, const std::string& second) {
  return first.empty() || second.empty() ? first + second : first + "\n" + second;
}

std::string wanted_text(const Wanted& wanted) {
  const std::string text = wanted.is_masked ? wanted.text : quoted(wanted.text, longest_text, 0);
  const std::string_view no = wanted.is_negated ? "no " : "";
  switch (wanted.kind) {
  case Wanted::Kind::part: return fmt::format("{}text with {}", no, text);
  case Wanted::Kind::match: return fmt::format("{}text that matches /{}/", no, wanted.text);
  case Wanted::Kind::at_least: return (wanted.is_negated ? "less than " : "at least ") + wanted.text;
  default: return (wanted.is_negated ? "not " : "") + (wanted.kind == Wanted::Kind::equal ? text : wanted.text);
  }
}

// The same for what is to be absent.
std::string unwanted_text(Wanted wanted) {
  wanted.is_negated = !wanted.is_negated;
  return wanted_text(wanted);
}

// Of something that is missing: that it is nothing else is not enough.
std::string wanted_text(const Wanted& wanted, std::string_view thing) {
  return wanted.is_negated ? fmt::format("{}, and {}", thing, wanted_text(wanted)) : wanted_text(wanted);
}

std::string got_text(const record::Got& got, std::size_t most = longest_text) {
  return got.is_literal ? got.text : quoted(got.text, most, got.bytes);
}

std::string element_text(const record::Got& got) {
  return got.text.empty() ? std::string("(no text)") : got_text(got, longest_element);
}

std::string list_text(const std::vector<std::string>& redirects) {
  return redirects.empty() ? std::string("no redirects") : join(redirects, " → ");
}

std::string named(std::string_view thing, const std::vector<std::string>& names) {
  return names.empty() ? fmt::format("the session holds no {}", thing)
                       : fmt::format("the session holds: {}", join(names, ", "));
}

std::string dropped_text(const std::vector<record::DroppedCookie>& cookies) {
  std::vector<std::string> lines;
  for (const record::DroppedCookie& cookie : cookies)
    lines.push_back(fmt::format("cookie \"{}\" dropped: {}", cookie.name, reason_text(cookie)));
  return join(lines, "\n");
}

// All errors of a page, for who looked for one of them.
std::string shown_text(const std::vector<record::ShownError>& errors) {
  if (errors.empty()) return "the page shows no errors";
  std::string text = "the page shows:";
  for (const record::ShownError& error : errors)
    text += fmt::format("\n  {}: {}", error.labels.empty() ? "(the form)" : error.labels.front(), error.words);
  return text;
}

// What a page says to somebody who is not let in.
std::string said_text(const std::vector<record::ShownError>& errors) {
  std::vector<std::string> lines;
  for (const record::ShownError& error : errors) lines.push_back("the page says: " + error.words);
  return join(lines, "\n");
}

std::string change_text(record::CookieChange change) {
  switch (change) {
  case record::CookieChange::never_there: return "no such cookie, neither before nor after";
  case record::CookieChange::added: return "no such cookie before, one after";
  case record::CookieChange::gone: return "the cookie is gone";
  case record::CookieChange::kept: return "the same value as before";
  case record::CookieChange::replaced: return "another value than before";
  case record::CookieChange::unknown: break;
  }
  return "";
}

std::string in_full(const record::Explanation& reason) {
  return reason.hint.empty() ? reason.what : reason.what + "\n" + reason.hint;
}

constexpr std::string_view on_another_origin = ", on another origin than the target";

// What to do where a page outside of the app was met.
std::string origin_hint(std::string_view address) {
  return fmt::format("look at the base address that the app was given; if {0} belongs to the app, add origins = "
                     "[\"{0}\"] to the target",
                     address_parts(address).origin);
}

std::string answer_text(const record::AnswerSeen& answer) {
  return line_of(answer) + std::string(answer.has(PageTrait::other_origin) ? on_another_origin : "");
}

std::string dashboard_open(const Failure& failure) {
  return fmt::format("the dashboard: {} answered with 200, showing {}", failure.subject, failure.part);
}

std::string dashboard_closed(const Failure& failure) {
  return fmt::format("the dashboard closed: 401, 403 or the sign-in page, and {} in no answer", failure.part);
}

// What the dashboard was answered with, and what of it decided.
std::string dashboard_answer(const Failure& failure) {
  const record::AnswerSeen& answer = failure.got.answer;
  if (answer.status == 0) return failure.reason.what;
  std::string text = answer_text(answer);
  if (answer.has(PageTrait::unreadable)) return text + ", a page that cannot be read";
  if (answer.has(PageTrait::shows_dashboard)) text += fmt::format(", which shows {}", failure.part);
  if (answer.has(PageTrait::lacks_dashboard)) text += fmt::format(", without {}", failure.part);
  if (answer.has(PageTrait::asks_for_password)) text += ", a page that asks for the password";
  if (answer.has(PageTrait::shows_sign_in_form)) text += ", the sign-in form again";
  return text;
}

// "500 /login", with ", the sign-in form again" where that is so.
std::string sign_in_answer(const record::AnswerSeen& answer) {
  return answer_text(answer) + (answer.has(PageTrait::shows_sign_in_form) ? ", the sign-in form again" : "");
}

std::string plural(std::int64_t number, std::string_view thing) { return fmt::format("{} {}", number, thing); }

// How a sign-in can go on that stopped on a page, or that opened none.
std::string stopped_hint(const Failure& failure) {
  const std::string closed = failure.subject.empty() ? "" : failure.subject + " does not open for this session";
  if (failure.got.answer.path == failure.subject) return closed;
  const std::string remedy = "[app] sign_in has no step for this page: add one, or state what this step expects";
  return closed.empty() ? remedy : closed + "\n" + remedy;
}

// What the answer and its cookies do not do.
FailureText of_answer(const Failure& failure) {
  const Wanted& wanted = failure.wanted;
  const record::Got& got = failure.got;
  switch (failure.code) {
  case FailureCode::wrong_status:
    return {failure.key, statuses_text(wanted.statuses), std::to_string(got.answer.status), {}};
  case FailureCode::server_error: return {failure.key, "a page, not a server error", answer_text(got.answer), {}};
  case FailureCode::error_status: {
    const std::string said = said_text(failure.shown);
    const std::string hint =
        failure.key == "sign_out"
            ? ""
            : fmt::format("if the step is to end so, add expect.status = {} or allow_error = true", got.answer.status);
    return {failure.key, "a page, not an error", answer_text(got.answer), lines_of(said, hint)};
  }
  case FailureCode::wrong_page: {
    const bool is_elsewhere = got.answer.has(PageTrait::other_origin);
    return {failure.key, wanted_text(wanted), got_text(got) + std::string(is_elsewhere ? on_another_origin : ""),
            is_elsewhere ? origin_hint(got.text) : ""};
  }
  case FailureCode::wrong_redirects: return {failure.key, list_text(wanted.list), list_text(got.list), {}};
  case FailureCode::missing_header:
    return {failure.key, wanted_text(wanted, "the header"), "no such header",
            did_you_mean(failure.subject, failure.others)};
  case FailureCode::too_slow:
    return {failure.key, fmt::format("at most {} ms", wanted.number), fmt::format("{} ms", got.number), {}};
  case FailureCode::not_json:
    return {
        failure.key,
        "a JSON document",
        fmt::format("{} ({})", got_text(got, longest_element), failure.part.empty() ? "no Content-Type" : failure.part),
        {}};
  case FailureCode::missing_json:
    if (!failure.others.empty())
      return {failure.key, "nothing there, and nothing with a similar name",
              fmt::format("no “{}”, but {}", failure.part, join(nearest(failure.part, failure.others), " and ")),
              did_you_mean(failure.part, failure.others)};
    return {failure.key, wanted.kind == Wanted::Kind::none ? "a value" : wanted_text(wanted, "a value"),
            "nothing there", "the document: " + got_text(got, longest_document)};
  case FailureCode::wrong_json_length:
    return {failure.key,
            wanted.is_negated && wanted.kind == Wanted::Kind::literal ? "another length than " + wanted.text
                                                                      : "a length of " + wanted_text(wanted),
            got.text.empty() ? std::to_string(got.number) : got_text(got),
            {}};
  case FailureCode::unwanted_json: return {failure.key, "nothing there", got_text(got, longest_document), {}};
  case FailureCode::missing_cookie:
    return {failure.key, "the cookie", "no such cookie",
            failure.dropped.empty() ? named("cookies", failure.others) : dropped_text(failure.dropped)};
  case FailureCode::unknown_cookie:
    return {failure.key, "a cookie that the session once held", fmt::format("it never held “{}”", failure.subject),
            did_you_mean(failure.subject, failure.others)};
  case FailureCode::unwanted_cookie: return {failure.key, "no such cookie", "the session holds it", {}};
  case FailureCode::cookie_not_renewed: return {failure.key, "a new value", change_text(got.change), {}};
  case FailureCode::cookie_renewed: return {failure.key, "the same value", change_text(got.change), {}};
  case FailureCode::cookie_without_flag: return {failure.key, "true", "false", {}};
  case FailureCode::cookie_with_flag: return {failure.key, "false", "true", {}};
  default: return {failure.key, wanted_text(wanted), got_text(got), {}};
  }
}

// "’ (U+2019)": marks look much alike.
std::string mark_text(std::string_view mark) {
  std::string_view rest = mark;
  const auto code = static_cast<std::uint32_t>(next_code_point(rest));
  return rest.empty() ? fmt::format("{} (U+{:04X})", mark, code) : std::string(mark);
}

std::string unlike_text(const NearWords& near) {
  switch (near.unlike) {
  case Unlike::letter_case: return "only the case differs";
  case Unlike::spaces: return "only spaces differ";
  case Unlike::reference: return "write the characters themselves, not as HTML does";
  case Unlike::several: return "only case, spaces or marks differ";
  case Unlike::mark:
    return fmt::format("only a mark differs: {} there, {} in the scenario", mark_text(near.there),
                       mark_text(near.wanted));
  case Unlike::word: return fmt::format("“{}” is “{}” there", near.wanted, near.there);
  }
  return {};
}

// The words that are there in place of the wanted ones, and what of them differs; empty where there are none.
std::string near_text(const Failure& failure, std::string_view where) {
  if (failure.others.empty()) return {};
  const std::string& words = failure.others.front();
  const std::string there = fmt::format("{} {}", where, quoted(words, longest_text, 0));
  const auto near = near_words(failure.wanted.text, words, Extent::whole);
  return near ? there + ": " + unlike_text(*near) : there;
}

// The selector that may be meant; empty where there is none.
std::string near_selector_text(const Failure& failure) {
  return failure.others.empty() ? std::string()
                                : fmt::format("did you mean {}? The page has it", failure.others.front());
}

// What the page does not show.
FailureText of_page(const Failure& failure) {
  const std::string wanted = wanted_text(failure.wanted);
  const record::Got& got = failure.got;
  switch (failure.code) {
  case FailureCode::missing_text:
  case FailureCode::unwanted_text:
    if (failure.code == FailureCode::unwanted_text && !failure.others.empty())
      return {failure.key, unwanted_text(failure.wanted), fmt::format("the page shows “{}”", failure.others.front()),
              fmt::format("is it misspelled? write “{}”", failure.others.front())};
    return {failure.key, failure.code == FailureCode::unwanted_text ? unwanted_text(failure.wanted) : wanted,
            got.text.empty() ? "a page without text" : got_text(got),
            failure.code == FailureCode::missing_text ? near_text(failure, "the page shows") : ""};
  case FailureCode::missing_element:
    return {failure.key, failure.subject, "no such element on the page", near_selector_text(failure)};
  case FailureCode::unwanted_element:
    if (!failure.others.empty())
      return {failure.key, "no element " + failure.subject, "the page has " + failure.others.front(),
              "is it misspelled? write " + failure.others.front()};
    return {failure.key, "no element " + failure.subject, "one with the text " + element_text(got), {}};
  case FailureCode::wrong_element_count:
    return {failure.key, fmt::format("{} of {}", wanted, failure.subject), std::to_string(got.number),
            near_selector_text(failure)};
  case FailureCode::wrong_element_text:
    return {failure.key, fmt::format("{} in {}", wanted, failure.subject), element_text(got),
            near_text(failure, "it shows")};
  case FailureCode::missing_element_attribute:
    return {failure.key, wanted_text(failure.wanted, "the attribute"), "no such attribute", {}};
  case FailureCode::missing_field_error:
    return {failure.key, wanted_text(failure.wanted, "an error"),
            failure.reason.what.empty() ? fmt::format("no error at “{}”", failure.subject) : failure.reason.what,
            lines_of(near_text(failure, "an error says"), lines_of(shown_text(failure.shown), failure.reason.hint))};
  case FailureCode::wrong_field_error: {
    std::vector<std::string> all;
    for (const record::ShownError& error : failure.shown) all.push_back(quoted(error.words, longest_text, 0));
    return {failure.key, wanted, join(all, "; "), near_text(failure, "it shows")};
  }
  case FailureCode::unwanted_field_error: {
    std::string error;
    if (!failure.shown.empty())
      error = (failure.shown.front().labels.empty() ? "" : failure.shown.front().labels.front() + ": ") +
              quoted(failure.shown.front().words, longest_text, 0);
    return {failure.key, "no error", std::move(error), {}};
  }
  case FailureCode::not_html:
    return {failure.key, "an HTML page", failure.part.empty() ? "an answer without Content-Type" : failure.part, {}};
  case FailureCode::missing_form_error:
    return {failure.key, wanted_text(failure.wanted, "an error"), "no error of the form",
            lines_of(near_text(failure, "an error says"), shown_text(failure.shown))};
  case FailureCode::wrong_form_error: {
    std::vector<std::string> all;
    for (const record::ShownError& error : failure.shown)
      if (error.labels.empty()) all.push_back(quoted(error.words, longest_text, 0));
    return {failure.key, wanted, join(all, "; "),
            lines_of(near_text(failure, "an error says"),
                     all.size() == failure.shown.size() ? "" : shown_text(failure.shown))};
  }
  case FailureCode::wrong_title: return {failure.key, wanted, got_text(got), near_text(failure, "the title has")};
  default: return {failure.key, wanted, got_text(got), {}};
  }
}

// What an identity provider does with a visitor whom the app sends to it.
FailureText of_provider(const Failure& failure) {
  const auto does = [&](std::string_view state) {
    if (state == "fails") return fmt::format("{} neither asks who it is nor lets the visitor in", failure.part);
    return state == "asks" ? fmt::format("{} asks who it is", failure.part)
                           : fmt::format("{} lets the visitor in without asking", failure.part);
  };
  const std::string where = line_of(failure.got.answer);
  if (failure.got.text.empty())
    return {failure.key, does(failure.wanted.text), "the app did not send the visitor there: " + where,
            "let the step open or click what leads to the provider"};
  return {failure.key, does(failure.wanted.text), fmt::format("{}: {}", does(failure.got.text), where), {}};
}

// Who is let in that should not be, or the other way round.
FailureText of_access(const Failure& failure) {
  const record::AnswerSeen& answer = failure.got.answer;
  const bool wants_open = failure.wanted.kind == Wanted::Kind::open;
  const std::string expected = wants_open ? dashboard_open(failure) : dashboard_closed(failure);
  const std::string got = dashboard_answer(failure), said = said_text(failure.shown);
  switch (failure.code) {
  case FailureCode::not_signed_in: return {failure.key, "signed in", sign_in_answer(answer), said};
  case FailureCode::sign_in_stopped: {
    const std::string hint = stopped_hint(failure);
    return {failure.key, "signed in", "the sign-in stopped at " + line_of(answer), lines_of(said, hint)};
  }
  case FailureCode::dashboard_not_reached: {
    if (!answer.has(PageTrait::other_origin)) return {failure.key, expected, got, said};
    const std::string hint = origin_hint(answer.path);
    return {failure.key, expected, got, lines_of(said, hint)};
  }
  case FailureCode::shared_marker:
    return {failure.key, fmt::format("{} on the dashboard alone", failure.part), got,
            fmt::format("this page is not the dashboard, so that {} proves nothing: choose for `shows` an element that "
                        "only signed-in users see",
                        failure.part)};
  case FailureCode::dashboard_incomplete: {
    std::string hint =
        "the page opened but does not show what only the dashboard shows: an empty or half-rendered dashboard";
    return {failure.key, expected, got, lines_of(hint, said)};
  }
  case FailureCode::dashboard_visible: return {failure.key, expected, got, "the dashboard is open to this visitor"};
  case FailureCode::dashboard_in_redirect:
    return {failure.key, expected, got,
            "the answer redirects away but carries the dashboard in its body: a client that does not follow sees it"};
  case FailureCode::dashboard_not_refused:
    return {failure.key, expected, got, "neither refused nor sent to the sign-in page"};
  case FailureCode::dashboard_public:
    return {failure.key, "the dashboard open with the session and closed without it", "without a session, too: " + got,
            fmt::format("“open” proves nothing while a visitor without a session is answered the same; either {} is "
                        "open to everyone or `shows = \"{}\"` is also on pages that anyone may see",
                        failure.subject, failure.part)};
  case FailureCode::dashboard_unreadable: return {failure.key, expected, got, in_full(failure.reason)};
  case FailureCode::dashboard_unanswered:
    return {failure.key, "the dashboard closed", failure.reason.what, failure.reason.hint};
  case FailureCode::dashboard_reentered:
    return {failure.key, expected, fmt::format("{} let the visitor in again: {}", failure.got.text, got),
            fmt::format("the app sent the visitor away, so its own session had ended; the provider's had not\n"
                        "if that is right, add to murphy.toml: [idp.company] with origin = \"{}\"",
                        failure.got.text)};
  case FailureCode::wrong_provider_state: return of_provider(failure);
  default: return {failure.key, expected, got, said};
  }
}

// What kept the step from going on.
FailureText of_step(const Failure& failure) {
  const auto because = [&](std::string expected) {
    return FailureText{
        .key = failure.key, .expected = std::move(expected), .got = failure.reason.what, .hint = failure.reason.hint};
  };
  switch (failure.code) {
  case FailureCode::no_page:
    return {failure.key, "a page to look at", "no page has been loaded in this session",
            "load one first, for example { open = \"/\" }"};
  case FailureCode::out_of_time:
    return {failure.key, "the scenario to end within its timeout", "its time was over before this step", {}};
  case FailureCode::missing_form:
  case FailureCode::button_without_form: return because(fmt::format("a form “{}”", failure.subject));
  case FailureCode::missing_field:
    return because(fmt::format("a field “{}”{}", failure.subject,
                               failure.key == "no_field_error" ? " without an error" : " to fill in"));
  case FailureCode::missing_link: return because(fmt::format("a link or button “{}”", failure.subject));
  case FailureCode::unusable_link: return because("a link that can be followed");
  case FailureCode::endless_refresh: return because("pages that come to an end");
  case FailureCode::broken_refresh: return because("a page that can go on by itself");
  case FailureCode::forbidden_form: return because("a form that a browser sends");
  case FailureCode::forbidden_frame: return because("a page that the frame may show");
  case FailureCode::forbidden_host: return because("requests to hosts that allowed_hosts lists");
  case FailureCode::forbidden_script: return because("a page that goes on by itself");
  case FailureCode::missing_csrf_token: return because(fmt::format("a CSRF token in {}", failure.subject));
  case FailureCode::app_ended:
    return {failure.key, "an answer", failure.got.text + " before it answered",
            failure.reason.what + "\nthe app's last console lines say more"};
  case FailureCode::known_failure_passes:
    return {failure.key, fmt::format("to fail until {} is closed", failure.subject), "it passes",
            "take `known_failure` off, so that it guards again"};
  case FailureCode::known_failure_overdue:
    return {failure.key, fmt::format("{} fixed by {}", failure.subject, failure.wanted.text), "it still fails",
            "fix it, or agree on a new date"};
  default: return because("redirects that lead to a page");
  }
}

FailureText of_capture(const Failure& failure) {
  const std::string& from = failure.subject;
  switch (failure.code) {
  case FailureCode::capture_missing_element:
    return {failure.key, from, "no such element on the page", near_selector_text(failure)};
  case FailureCode::capture_missing_attribute:
    return {failure.key,
            fmt::format("{} with the attribute {}", from, failure.part),
            failure.others.empty() ? "no attributes" : "only " + join(failure.others, ", "),
            {}};
  case FailureCode::capture_missing_header: return {failure.key, "the header " + from, "no such header", {}};
  case FailureCode::capture_missing_cookie:
    return {failure.key, "the cookie " + from, "no such cookie", named("cookies", failure.others)};
  case FailureCode::capture_not_json:
    return {failure.key, "a JSON document", got_text(failure.got, longest_element), {}};
  case FailureCode::capture_missing_json:
    return {failure.key, from + " in the JSON document", "nothing there", got_text(failure.got, longest_document)};
  case FailureCode::capture_null: return {failure.key, from + " in the JSON document", "null", {}};
  case FailureCode::capture_no_match:
    return {failure.key,
            fmt::format("a match of {} in {}", from, failure.part.empty() ? "the answer" : failure.part),
            "no match",
            {}};
  case FailureCode::capture_missing_parameter:
    return {failure.key,
            fmt::format("the {} parameter {}", failure.part, from),
            "no such parameter in " + failure.got.text,
            {}};
  case FailureCode::capture_undecodable:
    return {
        failure.key,
        fmt::format("text that decode = \"{}\" can decode, in {}", failure.part, from.empty() ? "the answer" : from),
        fmt::format("{} that it cannot decode", plural(failure.got.number, "bytes")),
        {}};
  default: return {failure.key, from, failure.reason.what, {}};
  }
}

// A `validate` step that could not be carried out.
FailureText of_validation(const Failure& failure) {
  const record::AnswerSeen& answer = failure.got.answer;
  switch (failure.code) {
  case FailureCode::validate_without_page:
    return {failure.key, fmt::format("a form “{}”", failure.subject), "no page has been loaded in this session",
            "load the form's page first, for example { open = \"/signup\" }"};
  case FailureCode::validate_missing_form:
    return {failure.key, fmt::format("a form “{}” with the fields to prove", failure.subject), failure.reason.what,
            (answer.has(PageTrait::is_sign_in_page)
                 ? "this is the sign-in page: is the form behind it? sign in before this step\n"
                 : "") +
                failure.reason.hint};
  case FailureCode::validate_lost_form: {
    const bool is_sign_in = answer.has(PageTrait::is_sign_in_page);
    return {failure.key, fmt::format("the form “{}” on {} each time the page is opened", failure.subject, failure.part),
            line_of(answer) + (is_sign_in ? ", the sign-in page" : " without it"),
            !is_sign_in                            ? "the page has to be one that can be opened by its address"
            : answer.has(PageTrait::ended_session) ? "a submission ended the session"
                                                   : "the page needs a session: sign in before this step"};
  }
  case FailureCode::validate_same_field:
    return {failure.key,
            "each field once",
            fmt::format("“{}” and “{}” are the same field", failure.subject, failure.part),
            {}};
  case FailureCode::validate_fixed_field:
    return {failure.key,
            fmt::format("a field “{}” that people fill in", failure.subject),
            failure.reason.what.empty() ? "it has no name, so that browsers never send it" : failure.reason.what,
            {}};
  case FailureCode::validate_without_rules:
    return {failure.key, fmt::format("rules to prove on the form “{}”", failure.subject), "the page declares none",
            "say what the app requires: fields.Label = { required = true, … }"};
  case FailureCode::validate_too_many:
    return {failure.key, fmt::format("rules that can be proved by {} submissions", failure.wanted.number),
            fmt::format("{} for {}", plural(failure.got.number, "submissions"),
                        plural(static_cast<std::int64_t>(failure.others.size()), "fields")),
            "name the fields that matter: fields.Label = {} takes the rules of one from the page"};
  case FailureCode::validate_by_get:
    return {failure.key, fmt::format("the form “{}” to send its passwords in the body of a POST", failure.subject),
            fmt::format("a GET form, which writes “{}” into the address, into logs and into the history", failure.part),
            "nothing was sent\nwrite method=\"post\" in the form; where a script sends it, test the app's API with "
            "request = { method = \"POST\", url = \"/…\" }"};
  case FailureCode::validate_by_script:
    return {failure.key, fmt::format("a form “{}” that browsers send by themselves", failure.subject),
            fmt::format("a script sends it ({}), and Murphy runs none", failure.reason.what),
            "nothing was sent\ntest the address that the script sends to with request = { method = \"POST\", url = "
            "\"/…\" }"};
  case FailureCode::validate_captcha:
    return {failure.key, fmt::format("a form “{}” that a machine may send", failure.subject),
            fmt::format("a captcha ({})", failure.reason.what),
            "nothing was sent\nswitch the captcha off for tests, or give its field a value in valid = { … }"};
  case FailureCode::validate_needs_writes:
    return {failure.key, fmt::format("a form “{}” that can be put back as it was", failure.subject),
            fmt::format("no first value is known of: {}", join(failure.others, ", ")),
            "nothing was sent\nwrite writes = true to test it all the same, with an account made for it"};
  case FailureCode::validate_not_put_back:
    return {failure.key, fmt::format("the form “{}” to take its first values again", failure.subject),
            line_of(answer) + (failure.got.text.empty() ? "" : ", which says: " + failure.got.text),
            "the app keeps values of the test: put them right by hand, or with cleanup"};
  default:
    if (!failure.part.empty())
      return {
          failure.key, "the app accepts the form with valid values",
          line_of(answer) + (failure.got.text.empty() ? "" : ", which says: " + failure.got.text),
          fmt::format(
              "Murphy made up the value of “{0}”, and the app refuses it: give one with valid = {{ \"{0}\" = \"…\" }}",
              failure.part)};
    return {failure.key, "the app accepts the form with valid values",
            line_of(answer) + (failure.got.text.empty() ? "" : ", which says: " + failure.got.text),
            answer.has(PageTrait::says_taken)
                ? "a value that may be used only once is new each time as ${unique} or ${unique:email}"
                : "nothing can be said of single values before the form is accepted with valid ones: give them with "
                  "valid = { … }" +
                      (failure.others.empty() ? std::string() : "\nMurphy made up: " + join(failure.others, ", "))};
  }
}

// A rule of a field that does not hold.
FailureText of_rule(const Failure& failure) {
  if (!failure.cell) return {failure.key, {}, {}, {}};
  const record::ValidationCell& cell = *failure.cell;
  const std::string key = cell.field + ", " + cell.rule;
  const std::string declared = declared_text(cell);
  const std::string rule = cell.required.is_stated ? required_text(cell)
                           : declared.empty()      ? column_text(cell.behind)
                                                   : declared + ", as the page declares";
  const std::string got = fmt::format("{}: {}", tested_text(cell.tested), reply_text(cell));
  switch (failure.code) {
  case FailureCode::rule_not_declared:
    return {key, "the page to declare " + rule, declared.empty() ? "nothing of it" : declared,
            "page = false beside the rule holds only the server to it"};
  case FailureCode::rule_declared_stricter:
    return {key, "the page to declare " + rule, declared + ", which is stricter",
            "people cannot enter what they should be able to"};
  case FailureCode::rule_not_judged:
    return {key, "an answer that shows whether the server keeps it: " + rule,
            cell.end == record::SubmissionEnd::none ? "nothing was tried" : got, note_text(cell)};
  case FailureCode::rule_refuses_valid: return {key, "the server to accept it: " + rule, got, trouble_text(cell)};
  case FailureCode::rule_error_misplaced:
    return {key, fmt::format("an error at {}: {}", cell.field, rule), got,
            "the page asks people to correct a field that is right"};
  case FailureCode::rule_error_silent:
    return {key, "words that say why: " + rule, got,
            "people see the form again and nothing that says what is wrong with it"};
  case FailureCode::rule_server_error: return {key, "an answer, not a server error: " + rule, got, trouble_text(cell)};
  default:
    return {key, "the server to refuse it: " + rule, got,
            cell.server == record::Standing::missing ? "nothing on the server enforces the rule" : ""};
  }
}

} // namespace

std::string statuses_text(const std::vector<record::StatusRange>& statuses) {
  std::vector<std::string> parts;
  for (const auto& [first, last] : statuses)
    parts.push_back(first == last ? std::to_string(first) : fmt::format("{}xx", first / 100));
  return join(parts, " or ");
}

ControlText control_text(const Failure& failure) {
  constexpr std::string_view no_proof = "no scenario with an open dashboard proves that sign-in works.";
  switch (failure.code) {
  case FailureCode::shared_marker:
    return {.headline = fmt::format("{} is not on the dashboard alone", failure.part),
            .fact = "Murphy found it on another page, without a session.",
            .consequence = fmt::format("Until `shows` names an element that only signed-in users see, {}", no_proof),
            .place = "`shows` of [app] dashboard: it selects an element of other pages, too"};
  case FailureCode::dashboard_unreadable:
  case FailureCode::dashboard_unanswered:
    return {.headline = "The answer to a visitor without a session proves nothing",
            .fact = {},
            .consequence = fmt::format("Until such a visitor is known not to see the dashboard, {}", no_proof),
            .place = "the dashboard: what a visitor without a session gets"};
  default:
    return {.headline = "The dashboard opens without signing in",
            .fact = "Murphy requested it without a session, and it opened.",
            .consequence = fmt::format("Until it is closed, {}", no_proof),
            .place = "the dashboard: it opens without signing in"};
  }
}

namespace {

// Which address may be meant, and what speaks for it; the app may as well have lost the one that was asked for.
std::string near_address_text(const record::NearAddress& near) {
  const std::string_view leads = near.pages == 1 ? "leads" : "lead";
  const std::string fact = near.pages > 0 ? fmt::format("Of the pages seen so far, {} {} there, and none leads to {}",
                                                        near.pages, leads, near.wanted)
                                          : fmt::format("The project has it in {} places, and {} in {}", near.places,
                                                        near.wanted, near.places_of_wanted);
  const std::string otherwise = fmt::format("if {} is right, the app has lost or renamed it", near.wanted);
  return near.is_answered ? fmt::format("the app led to {}, which is nearly the same\n{}", near.known, otherwise)
                          : fmt::format("did you mean {}? {}\n{}", near.known, fact, otherwise);
}

FailureText own_text(const Failure& failure) {
  if (failure.code == FailureCode::as_written)
    return {failure.key, failure.wanted.text, failure.got.text, failure.reason.hint};
  if (failure.code < FailureCode::wrong_title) return of_answer(failure);
  if (failure.code < FailureCode::not_signed_in) return of_page(failure);
  if (failure.code < FailureCode::no_page) return of_access(failure);
  if (failure.code < FailureCode::capture_unreadable) return of_step(failure);
  if (failure.code < FailureCode::known_failure_passes) return of_capture(failure);
  if (failure.code < FailureCode::validate_without_page) return of_step(failure);
  if (failure.code < FailureCode::rule_not_declared) return of_validation(failure);
  return of_rule(failure);
}

} // namespace

FailureText failure_text(const Failure& failure) {
  FailureText text = own_text(failure);
  if (failure.near_address) text.hint = lines_of(near_address_text(*failure.near_address), text.hint);
  return text;
}

} // namespace murphy::words
