#include "words/rule_text.h"

#include "words/dropped_cookie_text.h"
#include "words/note_text.h"

#include <cstdint>
#include <gmock/gmock.h>

namespace murphy::words {
namespace {

using record::Standing;
using record::TestedValue;
using record::ValidationCell;

std::string required(std::string rule, std::int64_t number, std::string text = {}) {
  ValidationCell cell;
  cell.rule = std::move(rule);
  cell.required = {true, number, std::move(text)};
  return required_text(cell);
}

TEST(RuleText, SaysWhatTheScenarioRequires) {
  EXPECT_EQ(required("required", 1), "is required");
  EXPECT_EQ(required("required", 0), "may be empty");
  EXPECT_EQ(required("type", 0, "email"), "an email address");
  EXPECT_EQ(required("type", 0, "url"), "a web address");
  EXPECT_EQ(required("type", 0, "range"), "a number");
  EXPECT_EQ(required("type", 0, "date"), "a date");
  EXPECT_EQ(required("min_length", 12), "at least 12 characters");
  EXPECT_EQ(required("max_length", 1), "at most 1 character");
  EXPECT_EQ(required("min", 0, "18"), "at least 18");
  EXPECT_EQ(required("max", 0, "2026-12-31"), "at most 2026-12-31");
  EXPECT_EQ(required("step", 0, "0.5"), "in steps of 0.5");
  EXPECT_EQ(required("pattern", 0, "[a-z]+"), "matches [a-z]+");
  EXPECT_EQ(required("same_as", 0, "Password"), "the same as Password");
  EXPECT_EQ(required("accepts", 1), "1 value");
  EXPECT_EQ(required("rejects", 3), "3 values");
  EXPECT_EQ(required_text({}), "");
}

TEST(RuleText, SaysWhatThePageDeclares) {
  ValidationCell cell;
  EXPECT_EQ(declared_text(cell), "");
  cell.declared = "maxlength=20";
  EXPECT_EQ(declared_text(cell), "maxlength=20");
  EXPECT_EQ(rule_text(cell), "maxlength=20");
  cell.choices = 3;
  EXPECT_EQ(declared_text(cell), "3 choices");
  cell.page_refuses = {TestedValue::Kind::text, 3, false, false, "Ada"};
  EXPECT_EQ(declared_text(cell), "refuses “Ada”");
}

TEST(RuleText, ShowsValuesShortAndThoseOfPasswordsByTheirLength) {
  using enum TestedValue::Kind;
  EXPECT_EQ(tested_text({empty, 0, false, false, {}}), "empty");
  EXPECT_EQ(tested_text({spaces, 3, false, false, {}}), "3 spaces");
  EXPECT_EQ(tested_text({text, 3, false, false, "Ada"}), "“Ada”");
  EXPECT_EQ(tested_text({hidden, 5, false, false, {}}), "5 characters");
  EXPECT_EQ(tested_text({text, 1, true, false, "A"}), "1 character (“A”)");
  EXPECT_EQ(tested_text({text, 81, false, true, "aaaaaaaaaaaaaaa…"}),
            "81 characters (“aaaaaaaaaaaaaaa…”) in letters of several bytes");
  EXPECT_EQ(tested_text({not_ticked, 0, false, false, {}}), "not ticked");
  EXPECT_EQ(tested_text({nothing_chosen, 0, false, false, {}}), "nothing chosen");
}

TEST(RuleText, SaysWhatTheServerMadeOfIt) {
  using enum record::SubmissionEnd;
  const auto reply = [](record::SubmissionEnd end, std::string said, Standing server = Standing::looser) {
    ValidationCell cell;
    cell.end = end;
    cell.server = server;
    cell.answer = {200, "/profile", "Profile", {}};
    cell.said = std::move(said);
    return reply_text(cell);
  };
  EXPECT_EQ(reply(accepted, ""), "accepted: 200 /profile “Profile”");
  EXPECT_EQ(reply(refused_here, "is too long"), "is too long");
  EXPECT_EQ(reply(refused_unplaced, ""), "200 /profile “Profile”");
  EXPECT_EQ(reply(refused_silently, ""), "refused without a word: 200 /profile “Profile”");
  EXPECT_EQ(reply(server_error, ""), "200 /profile “Profile”");
  EXPECT_EQ(reply(unknown, "Maintenance"), "200 /profile “Profile”, which says: Maintenance");
  EXPECT_EQ(reply(refused_elsewhere, "Name: bad", Standing::misplaced), "the error is at Name: bad");
}

TEST(RuleText, SaysWhatTheColumnTakesAndMeans) {
  using Fact = record::ColumnSeen::Fact;
  const auto column = [](Fact fact) { return column_text({fact, "users", "phone", "varchar(20)"}); };
  EXPECT_EQ(column(Fact::none), "");
  EXPECT_EQ(column(Fact::absent), "users has no column of its name");
  EXPECT_EQ(column(Fact::length), "users.phone varchar(20)");
  EXPECT_EQ(column(Fact::loose_length), "users.phone varchar(20), a length that SQLite does not enforce");
  EXPECT_EQ(column(Fact::nullable), "users.phone may be null");
  EXPECT_EQ(column(Fact::not_null), "users.phone not null");
  EXPECT_EQ(column(Fact::not_null_with_default), "users.phone not null, with a default");
  EXPECT_EQ(column(Fact::unique), "users.phone unique");

  using enum record::ColumnTrouble;
  ValidationCell cell;
  cell.behind = {Fact::length, "users", "phone", "varchar(20)"};
  const auto trouble = [&](record::ColumnTrouble kind) {
    cell.trouble = kind;
    return trouble_text(cell);
  };
  EXPECT_EQ(trouble(none), "");
  EXPECT_EQ(trouble(refuses_first), "nothing refuses it before the column users.phone varchar(20) does");
  EXPECT_EQ(trouble(takes_less), "the column users.phone varchar(20) takes less than what fits the form");
  EXPECT_EQ(trouble(needs_other), "nothing refuses what is there already before the column users.phone does");
  // Of a rule that holds it is worth a note; of one that does not, the failure says it.
  cell.notes = {{record::RuleNote::Kind::page_looser, {}}};
  EXPECT_EQ(note_text(cell), "the page lets through what the server refuses; nothing refuses what is there already "
                             "before the column users.phone does");
  cell.holds = false;
  EXPECT_EQ(note_text(cell), "the page lets through what the server refuses");
}

TEST(NoteText, SaysWhyAStepOrCaseEndedAsItDid) {
  using enum record::Note::Kind;
  const auto of = [](record::Note::Kind kind, std::string text = {}) {
    record::Note note;
    note.kind = kind;
    note.text = std::move(text);
    note.until = "2026-12-31";
    note.number = 3;
    return note_text(note);
  };
  EXPECT_EQ(of(none), "");
  EXPECT_EQ(of(as_written, "noted"), "noted");
  EXPECT_EQ(of(interrupted), "interrupted");
  EXPECT_EQ(of(retried), "tried 3 times");
  EXPECT_EQ(of(other_target, "staging"), "only for the target staging");
  EXPECT_EQ(of(condition_without_page), "`when` looks at the page at hand, and there is none yet");
  EXPECT_EQ(of(condition_unjudged, "why"), "`when` could not be judged: why");
  EXPECT_EQ(of(known_failure, "SUP-9"), "known failure SUP-9, until 2026-12-31");
  EXPECT_EQ(of(stepped), "stepped by hand");
  EXPECT_EQ(of(skipped_by_hand), "not judged: a step was skipped by hand");
  EXPECT_EQ(of(repeated_by_hand, "no answer"),
            "not judged: a step passed only when it was repeated by hand; first, no answer");
  record::Note skipped;
  skipped.kind = condition_unmet;
  skipped.failure.emplace();
  skipped.failure->code = record::FailureCode::wrong_status;
  skipped.failure->key = "status";
  skipped.failure->wanted.statuses = {{200, 200}};
  skipped.failure->got.answer.status = 404;
  EXPECT_EQ(note_text(skipped), "`when` does not hold: status: expected 200; got 404");
}

TEST(DroppedCookieText, SaysWhyNoBrowserKeepsIt) {
  using record::CookieDrop;
  const auto why = [](CookieDrop drop) { return reason_text({"sid", drop, "other.com", "app.example.com", 4097}); };
  EXPECT_EQ(why(CookieDrop::domain_elsewhere), "its Domain \"other.com\" does not cover app.example.com");
  EXPECT_EQ(why(CookieDrop::domain_public_suffix),
            "its Domain \"other.com\" is a public suffix, which no site may set cookies for");
  EXPECT_EQ(why(CookieDrop::too_long), "name and value together are 4097 bytes, and browsers keep 4096 at most");
  EXPECT_EQ(why(CookieDrop::same_site_none_insecure), "SameSite=None needs the attribute Secure");
  for (int drop = 0; drop <= static_cast<int>(CookieDrop::shadows_secure); ++drop)
    EXPECT_FALSE(why(static_cast<CookieDrop>(drop)).empty());
}

} // namespace
} // namespace murphy::words
