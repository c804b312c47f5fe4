// What people read of every expectation that did not hold.
#include "words/failure_text.h"

#include "golden/golden.h"
#include "record/enumerators.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::words {
namespace {

using record::Failure;
using record::FailureCode;
using record::PageTrait;
using record::Wanted;

// A failure of this code with every part that such a one has.
Failure sample(FailureCode code) {
  Failure failure;
  failure.code = code;
  failure.key = "key";
  failure.subject = "subject";
  failure.part = "part";
  failure.wanted.kind = Wanted::Kind::part;
  failure.wanted.text = "wanted";
  failure.wanted.number = 800;
  failure.wanted.list = {"303 /login", "302 /"};
  failure.wanted.statuses = {{200, 299}, {304, 304}};
  failure.got = record::got_text("got");
  failure.got.number = 900;
  failure.got.list = {"303 /login"};
  failure.got.answer = {422, "/login", "Sign in", {}};
  failure.got.change = record::CookieChange::kept;
  failure.shown = {{{"E-mail", "email"}, "is taken"}, {{}, "Please try again"}};
  failure.others = {"subjekt", "theme"};
  failure.reason = {"what happened", "what to do"};
  record::ValidationCell& cell = failure.cell.emplace();
  cell.field = "Phone";
  cell.rule = "max_length";
  cell.required = {true, 20, {}};
  cell.declared = "maxlength=30";
  cell.tested = {record::TestedValue::Kind::text, 21, true, false, "0123456789012…"};
  cell.end = record::SubmissionEnd::accepted;
  cell.answer = {200, "/profile", "Profile", {}};
  cell.behind = {record::ColumnSeen::Fact::length, "users", "phone", "varchar(16)"};
  cell.trouble = record::ColumnTrouble::takes_less;
  cell.holds = false;
  switch (code) {
  case FailureCode::dashboard_not_reached:
    failure.got.answer.traits = {PageTrait::asks_for_password};
    failure.wanted.kind = Wanted::Kind::open;
    break;
  case FailureCode::dashboard_incomplete:
    failure.got.answer.traits = {PageTrait::lacks_dashboard};
    failure.wanted.kind = Wanted::Kind::open;
    break;
  case FailureCode::wrong_page:
    failure.got = record::got_text("http://localhost:3000/home");
    failure.got.answer.traits = {PageTrait::other_origin};
    break;
  case FailureCode::shared_marker:
  case FailureCode::dashboard_visible:
  case FailureCode::dashboard_in_redirect:
  case FailureCode::dashboard_public:
    failure.got.answer.traits = {PageTrait::shows_dashboard};
    failure.wanted.kind = Wanted::Kind::closed;
    break;
  case FailureCode::dashboard_unreadable: failure.got.answer.traits = {PageTrait::unreadable}; break;
  case FailureCode::dashboard_reentered:
    failure.got = record::got_text("http://id.test");
    failure.got.answer = {200, "/home", "Home", {PageTrait::shows_dashboard}};
    failure.wanted.kind = Wanted::Kind::closed;
    break;
  case FailureCode::wrong_provider_state:
    failure.part = "http://id.test";
    failure.wanted.text = "asks";
    failure.got = record::got_text("lets_in");
    failure.got.answer = {200, "/home", "Home", {}};
    break;
  case FailureCode::missing_json: failure.others.clear(); break;
  case FailureCode::missing_text:
  case FailureCode::wrong_title:
  case FailureCode::wrong_element_text:
  case FailureCode::missing_field_error:
  case FailureCode::wrong_field_error:
  case FailureCode::missing_form_error:
  case FailureCode::wrong_form_error: failure.others = {"wnated"}; break;
  case FailureCode::missing_element:
  case FailureCode::wrong_element_count:
  case FailureCode::capture_missing_element: failure.others = {".subjekt"}; break;
  case FailureCode::not_signed_in: failure.got.answer = {200, "/login", {}, {PageTrait::shows_sign_in_form}}; break;
  case FailureCode::validate_missing_form:
  case FailureCode::validate_lost_form: failure.got.answer.traits = {PageTrait::is_sign_in_page}; break;
  case FailureCode::rule_error_misplaced:
    cell.end = record::SubmissionEnd::refused_elsewhere;
    cell.server = record::Standing::misplaced;
    cell.said = "Name: is too long";
    break;
  case FailureCode::rule_refuses_valid:
    cell.end = record::SubmissionEnd::refused_here;
    cell.said = "is too long";
    break;
  case FailureCode::rule_error_silent: cell.end = record::SubmissionEnd::refused_silently; break;
  case FailureCode::rule_server_error:
    cell.end = record::SubmissionEnd::server_error;
    cell.answer.status = 500;
    break;
  case FailureCode::cookie_renewed: failure.got.change = record::CookieChange::replaced; break;
  default: break;
  }
  return failure;
}

std::string shown(const Failure& failure) {
  const FailureText text = failure_text(failure);
  std::string lines = fmt::format("  key      {}\n  expected {}\n  got      {}\n", text.key, text.expected, text.got);
  if (!text.hint.empty()) lines += fmt::format("  hint     {}\n", text.hint);
  return lines;
}

TEST(FailureText, IsMadeOfEveryCode) {
  std::string all;
  const auto names = record::names_of(FailureCode{});
  for (std::size_t code = 0; code < names.size(); ++code) {
    const Failure failure = sample(static_cast<FailureCode>(code));
    all += fmt::format("{}\n{}\n", names[code], shown(failure));
    const FailureText text = failure_text(failure);
    EXPECT_FALSE(text.expected.empty()) << names[code];
    EXPECT_FALSE(text.got.empty()) << names[code];
  }
  expect_golden(all, "words/golden/failures.txt");
}

TEST(FailureText, NamesWhatIsCalledAlike) {
  Failure failure = sample(FailureCode::missing_json);
  failure.part = "pasword";
  failure.others = {"name", "password"};
  EXPECT_EQ(failure_text(failure).got, "no “pasword”, but password");
  EXPECT_EQ(failure_text(failure).hint, "did you mean \"password\"?");
  failure = sample(FailureCode::missing_field);
  failure.key = "no_field_error";
  EXPECT_EQ(failure_text(failure).expected, "a field “subject” without an error");
}

TEST(FailureText, NamesWhatIsSpelledAlmostSo) {
  Failure failure = sample(FailureCode::unwanted_text);
  failure.others = {"Invalid password"};
  EXPECT_EQ(failure_text(failure).got, "the page shows “Invalid password”");
  EXPECT_EQ(failure_text(failure).hint, "is it misspelled? write “Invalid password”");
  failure = sample(FailureCode::unwanted_element);
  failure.others = {".flash-error"};
  EXPECT_EQ(failure_text(failure).expected, "no element subject");
  EXPECT_EQ(failure_text(failure).got, "the page has .flash-error");
  EXPECT_EQ(failure_text(failure).hint, "is it misspelled? write .flash-error");
}

TEST(FailureText, SaysWhatAnIdentityProviderDoes) {
  Failure failure = sample(FailureCode::wrong_provider_state);
  failure.got.text.clear();
  EXPECT_EQ(failure_text(failure).got, "the app did not send the visitor there: 200 /home “Home”");
  failure.got.text = "fails";
  EXPECT_EQ(failure_text(failure).got,
            "http://id.test neither asks who it is nor lets the visitor in: 200 /home “Home”");
}

TEST(FailureText, SaysWhatWasAskedOfAText) {
  const auto wanted = [](Wanted::Kind kind, bool is_negated, bool is_masked, std::string text) {
    Failure failure = sample(FailureCode::wrong_title);
    failure.wanted = {};
    failure.wanted.kind = kind;
    failure.wanted.is_negated = is_negated;
    failure.wanted.is_masked = is_masked;
    failure.wanted.text = std::move(text);
    return failure_text(failure).expected;
  };
  EXPECT_EQ(wanted(Wanted::Kind::equal, false, false, "Welcome"), "\"Welcome\"");
  EXPECT_EQ(wanted(Wanted::Kind::equal, true, false, "Welcome"), "not \"Welcome\"");
  EXPECT_EQ(wanted(Wanted::Kind::equal, false, true, "‹ada.token›"), "‹ada.token›");
  EXPECT_EQ(wanted(Wanted::Kind::part, false, false, "Ada"), "text with \"Ada\"");
  EXPECT_EQ(wanted(Wanted::Kind::match, false, false, "^A"), "text that matches /^A/");
  EXPECT_EQ(wanted(Wanted::Kind::at_least, false, false, "2"), "at least 2");
  EXPECT_EQ(wanted(Wanted::Kind::literal, false, false, "null"), "null");
  EXPECT_EQ(wanted(Wanted::Kind::literal, true, false, "2.50"), "not 2.50");
  EXPECT_EQ(wanted(Wanted::Kind::part, true, false, "Ada"), "no text with \"Ada\"");
  EXPECT_EQ(wanted(Wanted::Kind::match, true, false, "^A"), "no text that matches /^A/");
  EXPECT_EQ(wanted(Wanted::Kind::at_least, true, false, "2"), "less than 2");
}

// Nothing at all is not "Ada" either.
TEST(FailureText, SaysThatWhatIsExcludedStillHasToBeThere) {
  const auto expected = [](FailureCode code) {
    Failure failure = sample(code);
    failure.wanted.kind = Wanted::Kind::equal;
    failure.wanted.is_negated = true;
    return failure_text(failure).expected;
  };
  EXPECT_EQ(expected(FailureCode::missing_json), "a value, and not \"wanted\"");
  EXPECT_EQ(expected(FailureCode::missing_header), "the header, and not \"wanted\"");
  EXPECT_EQ(expected(FailureCode::missing_element_attribute), "the attribute, and not \"wanted\"");
  EXPECT_EQ(expected(FailureCode::missing_field_error), "an error, and not \"wanted\"");
  EXPECT_EQ(expected(FailureCode::missing_form_error), "an error, and not \"wanted\"");
}

TEST(FailureText, SaysWhichTextIsMissingWhereItsAbsenceIsExcluded) {
  Failure failure = sample(FailureCode::unwanted_text);
  failure.others.clear();
  failure.wanted.is_negated = true;
  EXPECT_EQ(failure_text(failure).expected, "text with \"wanted\"");
}

TEST(FailureText, WritesNumbersWithoutQuotes) {
  Failure count = sample(FailureCode::wrong_element_count);
  count.wanted.kind = Wanted::Kind::literal;
  count.wanted.text = "1";
  EXPECT_EQ(failure_text(count).expected, "1 of subject");
  Failure length = sample(FailureCode::wrong_json_length);
  length.wanted = count.wanted;
  EXPECT_EQ(failure_text(length).expected, "a length of 1");
  length.wanted.is_negated = true;
  EXPECT_EQ(failure_text(length).expected, "another length than 1");
}

TEST(FailureText, QuotesTheErrorsOfTheFormAndListsThoseOfFields) {
  Failure failure = sample(FailureCode::wrong_form_error);
  failure.others.clear();
  EXPECT_EQ(failure_text(failure).got, "\"Please try again\"");
  EXPECT_EQ(failure_text(failure).hint, "the page shows:\n  E-mail: is taken\n  (the form): Please try again");
  failure.shown.erase(failure.shown.begin());
  EXPECT_EQ(failure_text(failure).hint, "");
}

TEST(FailureText, SaysWhatDiffersOfWordsThatAreAlmostThere) {
  Failure failure = sample(FailureCode::missing_text);
  const auto hint = [&](const char* wanted, const char* there) {
    failure.wanted.text = wanted;
    failure.others = {there};
    return failure_text(failure).hint;
  };
  EXPECT_EQ(hint("sign In", "Sign in"), "the page shows \"Sign in\": only the case differs");
  EXPECT_EQ(hint("Ada's beds", "Ada’s beds"),
            "the page shows \"Ada’s beds\": only a mark differs: ’ (U+2019) there, ' (U+0027) in the scenario");
  EXPECT_EQ(hint("Loading...", "Loading…"),
            "the page shows \"Loading…\": only a mark differs: … (U+2026) there, ... in the scenario");
  EXPECT_EQ(hint("Log in", "Login"), "the page shows \"Login\": only spaces differ");
  EXPECT_EQ(hint("Tools &amp; seeds", "Tools & seeds"),
            "the page shows \"Tools & seeds\": write the characters themselves, not as HTML does");
  EXPECT_EQ(hint("Welcome back.", "welcome back!"),
            "the page shows \"welcome back!\": only case, spaces or marks differ");
  EXPECT_EQ(hint("Wellcome, Ada", "Welcome, Ada"), "the page shows \"Welcome, Ada\": “Wellcome” is “Welcome” there");
  EXPECT_EQ(hint("Wellcome, ‹name:1a2b›", "Welcome, Ada"), "the page shows \"Welcome, Ada\"")
      << "of what is masked since, nothing more is said";
}

TEST(FailureText, NamesTheAddressThatMayBeMeantAndWhatSpeaksForIt) {
  Failure failure = sample(FailureCode::error_status);
  failure.key = "sign_out";
  failure.shown.clear();
  record::NearAddress& near = failure.near_address.emplace();
  near = {.wanted = "/logn", .known = "/login", .is_answered = true, .pages = 2, .places = 3, .places_of_wanted = 1};
  constexpr const char* lost = "\nif /logn is right, the app has lost or renamed it";
  EXPECT_EQ(failure_text(failure).hint, std::string("the app led to /login, which is nearly the same") + lost);
  near.is_answered = false;
  EXPECT_EQ(failure_text(failure).hint,
            std::string("did you mean /login? Of the pages seen so far, 2 lead there, and none leads to /logn") + lost);
  near.pages = 1;
  EXPECT_EQ(failure_text(failure).hint,
            std::string("did you mean /login? Of the pages seen so far, 1 leads there, and none leads to /logn") +
                lost);
  near.pages = 0;
  EXPECT_EQ(failure_text(failure).hint,
            std::string("did you mean /login? The project has it in 3 places, and /logn in 1") + lost);
}

TEST(FailureText, LeavesTheMiddleOfALongTextOutAndSaysHowLongItIs) {
  Failure failure = sample(FailureCode::wrong_title);
  failure.got = record::got_text("a" + std::string(5000, 'x') + "z");
  EXPECT_EQ(failure_text(failure).got,
            "\"a" + std::string(199, 'x') + " […] " + std::string(99, 'x') + "z\" (5002 bytes)");
  failure.got = record::got_text("a" + std::string(400, 'x') + "z");
  EXPECT_EQ(failure_text(failure).got,
            "\"a" + std::string(199, 'x') + " […] " + std::string(99, 'x') + "z\" (402 bytes)");
}

TEST(FailureText, SaysWhyACookieIsNotThere) {
  Failure failure = sample(FailureCode::missing_cookie);
  failure.others.clear();
  EXPECT_EQ(failure_text(failure).hint, "the session holds no cookies");
  failure.others = {"sid", "theme"};
  EXPECT_EQ(failure_text(failure).hint, "the session holds: sid, theme");
  failure.dropped = {{"sid", record::CookieDrop::secure_over_http, {}, {}, 0}};
  EXPECT_EQ(failure_text(failure).hint, "cookie \"sid\" dropped: it is Secure, and the answer came over plain http");
}

TEST(FailureText, SaysWhatAnOldJournalSaid) {
  Failure failure;
  failure.key = "dashboard";
  failure.wanted.text = "the dashboard";
  failure.got.text = "/login";
  failure.reason.hint = "look";
  const FailureText text = failure_text(failure);
  EXPECT_EQ(text.key, "dashboard");
  EXPECT_EQ(text.expected, "the dashboard");
  EXPECT_EQ(text.got, "/login");
  EXPECT_EQ(text.hint, "look");
}

} // namespace
} // namespace murphy::words
