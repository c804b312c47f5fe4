#include "snapshot/drift.h"

#include "base/text.h"
#include "sample.h"

#include <gmock/gmock.h>

namespace murphy::snapshot {
namespace {

using record::KnownGood;
using testing::ElementsAre;
using testing::IsEmpty;

std::vector<std::string> drift_after(const std::function<void(KnownGood&)>& change) {
  KnownGood now = sample();
  change(now);
  return drift(sample(), now);
}

TEST(Drift, OfTheSameIsNone) { EXPECT_THAT(drift(sample(), sample()), IsEmpty()); }

TEST(OtherMigrations, AreSeenOfAToolThatBothRecordsKnow) {
  KnownGood now = sample();
  EXPECT_FALSE(have_other_migrations(sample(), now));
  now.migrations[0].applied.emplace_back("20240102");
  EXPECT_TRUE(have_other_migrations(sample(), now));
  now.migrations.clear();
  EXPECT_FALSE(have_other_migrations(sample(), now)) << "the account may no longer read them";
  EXPECT_FALSE(have_other_migrations(now, sample())) << "the record is from before migrations were kept";
}

TEST(DriftOfRun, IsOfWhatTheRunCameTo) {
  KnownGood seen;
  EXPECT_THAT(drift_of_run(sample(), seen), IsEmpty()) << "it came to nothing";
  seen = sample();
  EXPECT_THAT(drift_of_run(sample(), seen), IsEmpty());
  seen.forms.clear();
  seen.visits.clear();
  seen.console = {"ERROR other"};
  seen.cookies.push_back({"theme", "", "/", "", false, false, 0});
  EXPECT_THAT(drift_of_run(sample(), seen), IsEmpty()) << "pages are not compared, and another cookie is none";
  seen.cookies.front().http_only = false;
  seen.tables[0].columns[2].name = "pasword_hash";
  EXPECT_THAT(drift_of_run(sample(), seen), ElementsAre("users has \"pasword_hash\" where it had \"password_hash\"",
                                                        "the cookie \"sid\": HttpOnly is not set, was set"));
  seen.engine = "postgresql";
  EXPECT_THAT(drift_of_run(sample(), seen), ElementsAre("the cookie \"sid\": HttpOnly is not set, was set"));
}

TEST(DriftOfFailure, IsOfWhatBothKnow) {
  KnownGood seen;
  EXPECT_THAT(drift_of_failure(sample(), seen), IsEmpty()) << "nothing failed";
  seen = sample();
  EXPECT_THAT(drift_of_failure(sample(), seen), IsEmpty());
  const std::string request = seen.visits.front().request, answers = join(seen.visits.front().answers, ", ");
  const std::string answer = "500 " + request.substr(request.find(' ') + 1);
  seen.visits.front().answers = {answer};
  seen.visits.push_back({.request = "GET /other", .answers = {"500 /other"}, .title = {}, .errors = {}, .outline = {}});
  record::KnownForm other = seen.forms.front();
  other.page = "/other";
  seen.forms.push_back(other);
  EXPECT_THAT(drift_of_failure(sample(), seen),
              ElementsAre(request + " answers " + answer + "; it answered " + answers));
  seen = sample();
  seen.forms.front().form.fields.front().name += "s";
  seen.cookies.front().secure = !seen.cookies.front().secure;
  EXPECT_THAT(drift_of_failure(sample(), seen),
              ElementsAre(testing::HasSubstr(" where it had "), testing::HasSubstr("the cookie \"sid\": Secure is ")));
}

TEST(Drift, AColumnMisspelledByAMigrationIsOneChange) {
  EXPECT_THAT(drift_after([](KnownGood& now) { now.tables[0].columns[2].name = "pasword_hash"; }),
              ElementsAre("users has \"pasword_hash\" where it had \"password_hash\""));
}

TEST(Drift, AColumnThatIsGoneAndOneThatIsNewAreTwo) {
  EXPECT_THAT(drift_after([](KnownGood& now) { now.tables[0].columns[2].name = "nickname"; }),
              ElementsAre("users no longer has \"password_hash\"", "users now has \"nickname\""));
}

TEST(Drift, TypesLengthsAndKeysOfATable) {
  EXPECT_THAT(drift_after([](KnownGood& now) {
                now.tables[0].columns[1].length = 64;
                now.tables[0].columns[2].nullable = false;
                now.tables[0].unique = {{"id"}};
              }),
              ElementsAre("users.email: its length is 64 characters, was 254 characters",
                          "users.password_hash: whether it can be null is no, was yes",
                          "users no longer keeps (email) unique"));
  EXPECT_THAT(drift_after([](KnownGood& now) { now.tables[0].name = "user"; }),
              ElementsAre("the database has the table \"user\" where it had \"users\""));
  EXPECT_THAT(drift_after([](KnownGood& now) { now.tables.clear(); }), ElementsAre("the table \"users\" is gone"));
}

TEST(Drift, AFieldThatIsCalledAnotherWay) {
  EXPECT_THAT(drift_after([](KnownGood& now) { now.forms[0].form.fields[2].name = "user[pasword]"; }),
              ElementsAre("the form \"Sign in\" on /login has \"user[pasword]\" where it had \"user[password]\""));
}

TEST(Drift, WhatAFieldAsksFor) {
  EXPECT_THAT(drift_after([](KnownGood& now) { now.forms[0].form.fields[1].rules = {"maxlength=254"}; }),
              ElementsAre("the form \"Sign in\" on /login, \"user[email]\" (Email): its rules is maxlength=254, "
                          "was maxlength=254, required"));
}

TEST(Drift, AFormThatWentOrGoesElsewhere) {
  EXPECT_THAT(drift_after([](KnownGood& now) { now.forms.clear(); }),
              ElementsAre("the form \"Sign in\" on /login is gone"));
  EXPECT_THAT(drift_after([](KnownGood& now) { now.forms[0].form.action = "/login/"; }),
              ElementsAre("the form \"Sign in\" on /login: its action is /login/, was /login"));
}

TEST(Drift, WhereARequestLeads) {
  EXPECT_THAT(drift_after([](KnownGood& now) { now.visits[1].answers = {"303 /login", "404 /dashbord"}; }),
              ElementsAre("POST /login answers 303 /login, 404 /dashbord, not 303 /login, 200 /dashboard"));
  EXPECT_THAT(drift_after([](KnownGood& now) { now.visits.erase(now.visits.begin()); }),
              ElementsAre("no scenario requests GET /login any more; its answer was 200 /login"));
}

TEST(Drift, WhatAPageSays) {
  EXPECT_THAT(drift_after([](KnownGood& now) {
                now.visits[0].title.clear();
                now.visits[1].outline = {"h1"};
                now.visits[2].errors = {"Wrong emial or password"};
              }),
              ElementsAre("GET /login, answered 200 /login: its title is \"\", was \"Sign in\"",
                          "POST /login, answered 200 /dashboard no longer shows text in \"p.flash\"",
                          "POST /login, answered 422 /login shows the error \"Wrong emial or password\", not \"Wrong "
                          "email or password\""));
}

TEST(Drift, HowACookieIsSet) {
  EXPECT_THAT(drift_after([](KnownGood& now) {
                now.cookies[0].http_only = false;
                now.cookies[0].path = "/login";
                now.cookies[0].lasts = 60;
              }),
              ElementsAre("the cookie \"sid\": Path is /login, was /",
                          "the cookie \"sid\": HttpOnly is not set, was set",
                          "the cookie \"sid\": its lifetime is 60 s, was until the browser closes"));
  EXPECT_THAT(drift_after([](KnownGood& now) { now.cookies.clear(); }),
              ElementsAre("the cookie \"sid\" is no longer set"));
}

TEST(Drift, WhatTheConsoleSays) {
  KnownGood now = sample();
  now.console = {"ERROR no such table: cahce"};
  EXPECT_THAT(drift(sample(), now), ElementsAre("the console no longer logs: " + sample().console.front(),
                                                "the console has a new line: ERROR no such table: cahce"));
}

} // namespace
} // namespace murphy::snapshot
