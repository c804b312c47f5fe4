// What is likely where no error says why: by how far the sign-in came, by the record, by the tables.
#include "diagnose/suspects_without_error.h"

#include "diagnose/request_lines.h"

#include <algorithm>
#include <cstdint>
#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using enum record::Layer;
using record::Confidence;
using record::Layer;
using record::SuggestionOrigin;
using record::Suspect;

const std::vector<Exchange> at_the_form{{"GET", "/login", 200, ""}};
const std::vector<Exchange> submitted{{"GET", "/login", 200, ""}, {"POST", "/login", 200, ""}};

Evidence with_requests(std::vector<Exchange> exchanges) {
  Evidence evidence;
  evidence.exchanges = std::move(exchanges);
  return evidence;
}

// The suspects, the likeliest first.
std::vector<Suspect> suspects(const Evidence& evidence, Ending ending, std::size_t at = 0) {
  return suspects_without_error(
      {.ending = ending, .at = at < evidence.exchanges.size() ? &evidence.exchanges[at] : nullptr}, evidence);
}

void expect_suspect(const Suspect& suspect, Layer layer, Layer also, Confidence confidence) {
  EXPECT_EQ(record::name_of(suspect.layer), record::name_of(layer)) << suspect.cause;
  EXPECT_EQ(record::name_of(suspect.also), record::name_of(also)) << suspect.cause;
  EXPECT_EQ(record::name_of(suspect.confidence), record::name_of(confidence)) << suspect.cause;
}

// ---- how far it came ----

struct SilentRow {
  const char* name;
  Ending ending;
  Layer layer, also;
  Confidence confidence = Confidence::low;
  std::string identifier = {};
  std::size_t at = 1; // of the requests in `submitted`
};

void PrintTo(const SilentRow& row, std::ostream* out) { *out << row.name; }

class ByEnding : public testing::TestWithParam<SilentRow> {};

TEST_P(ByEnding, Layer) {
  const SilentRow& row = GetParam();
  const auto all = suspects(with_requests(submitted), row.ending, row.at);
  ASSERT_EQ(all.size(), 1U);
  expect_suspect(all.front(), row.layer, row.also, row.confidence);
  EXPECT_EQ(all.front().identifier, row.identifier);
  EXPECT_FALSE(all.front().cause.empty());
  EXPECT_FALSE(all.front().advice.empty());
  ASSERT_FALSE(all.front().evidence.empty());
  EXPECT_EQ(all.front().evidence.back().source, record::EvidenceSource::requests);
}

TEST(SuspectsWithoutError, SayWhereToLookFirstForAPasswordThatIsRefused) {
  const auto all = suspects(with_requests(submitted), Ending::rejected, 1);
  ASSERT_FALSE(all.empty());
  EXPECT_THAT(all.front().advice, testing::StartsWith("Check first whether the project has the account's password"));
}

TEST(SuspectsWithoutError, NameTheAddressThatAProviderSendsPeopleBackTo) {
  const auto all = suspects(with_requests({{"GET", "/auth/callbck", 404, std::string(with_answer_of_provider)}}),
                            Ending::page_missing);
  ASSERT_EQ(all.size(), 1U);
  expect_suspect(all.front(), config, controller, Confidence::medium);
  EXPECT_EQ(all.front().identifier, "/auth/callbck");
  EXPECT_EQ(all.front().cause, "the identity provider sends people back to /auth/callbck, which is not there");
}

INSTANTIATE_TEST_SUITE_P(
    All, ByEnding,
    testing::ValuesIn(std::vector<SilentRow>{
        {.name = "Untold", .ending = Ending::undetermined, .layer = config, .also = unknown},
        {.name = "Unreachable", .ending = Ending::unreachable, .layer = config, .also = network},
        {.name = "MovedToHttps",
         .ending = Ending::moved_to_https,
         .layer = config,
         .also = network,
         .confidence = Confidence::medium},
        {.name = "FirstPageFailed", .ending = Ending::page_failed, .layer = config, .also = database, .at = 0},
        {.name = "SecondPageFailed", .ending = Ending::page_failed, .layer = database, .also = model},
        {.name = "PageRefused",
         .ending = Ending::page_refused,
         .layer = config,
         .also = unknown,
         .confidence = Confidence::medium},
        {.name = "PageMissing", .ending = Ending::page_missing, .layer = config, .also = view, .identifier = "/login"},
        {.name = "NoForm", .ending = Ending::no_form, .layer = config, .also = view},
        {.name = "SetUp",
         .ending = Ending::set_up,
         .layer = config,
         .also = database,
         .confidence = Confidence::medium},
        {.name = "FormAstray",
         .ending = Ending::form_astray,
         .layer = view,
         .also = controller,
         .confidence = Confidence::medium,
         .identifier = "/login"},
        {.name = "SubmitFailed", .ending = Ending::submit_failed, .layer = database, .also = model},
        {.name = "SubmitRefused",
         .ending = Ending::submit_refused,
         .layer = session,
         .also = config,
         .confidence = Confidence::medium},
        {.name = "SubmitLost", .ending = Ending::submit_lost, .layer = database, .also = network},
        {.name = "FormUnread",
         .ending = Ending::form_unread,
         .layer = controller,
         .also = view,
         .confidence = Confidence::medium},
        {.name = "SentBack", .ending = Ending::sent_back, .layer = session, .also = controller},
        {.name = "FieldMissing",
         .ending = Ending::field_missing,
         .layer = controller,
         .also = view,
         .confidence = Confidence::medium},
        {.name = "Rejected", .ending = Ending::rejected, .layer = database, .also = model},
        {.name = "Denied", .ending = Ending::denied, .layer = config, .also = database},
        {.name = "FormAgain",
         .ending = Ending::form_again,
         .layer = controller,
         .also = view,
         .confidence = Confidence::guess},
        {.name = "Bounced",
         .ending = Ending::bounced,
         .layer = session,
         .also = config,
         .confidence = Confidence::medium},
        {.name = "LandingFailed", .ending = Ending::landing_failed, .layer = model, .also = database},
        {.name = "LandingMissing",
         .ending = Ending::landing_missing,
         .layer = config,
         .also = controller,
         .confidence = Confidence::medium,
         .identifier = "/login"},
        {.name = "LandingDenied",
         .ending = Ending::landing_denied,
         .layer = database,
         .also = config,
         .confidence = Confidence::medium},
    }),
    [](const auto& each) { return std::string(each.param.name); });

TEST(ByEnding, ASignInThatWorkedAccusesNobody) {
  EXPECT_TRUE(suspects(with_requests(submitted), Ending::signed_in, 1).empty());
}

// ---- fields ----

TEST(SuspectsWithoutError, AFieldThatIsNearlyAUsualOneIsTheView) {
  Evidence evidence = with_requests(submitted);
  evidence.fields = {"email", "pasword"};
  for (const Ending ending : {Ending::rejected, Ending::form_again, Ending::submit_refused, Ending::field_missing}) {
    const Suspect first = suspects(evidence, ending, 1).front();
    expect_suspect(first, view, unknown, Confidence::medium);
    EXPECT_EQ(first.identifier, "pasword");
    EXPECT_EQ(first.suggestion, "password");
    EXPECT_EQ(first.origin, SuggestionOrigin::usual_spelling);
  }
  for (const Suspect& each : suspects(evidence, Ending::bounced, 1)) EXPECT_NE(each.layer, view) << "it was let in";
  evidence.known_good.emplace().fields = {"email", "password"};
  expect_suspect(suspects(evidence, Ending::rejected, 1).front(), view, unknown, Confidence::high);
}

TEST(SuspectsWithoutError, WhereNoPageAnswersAnyMoreAServiceIsSilent) {
  const Evidence evidence = with_requests({{"GET", "/login", 200, ""}, {"POST", "/login", 0, ""}, {"GET", "/", 0, ""}});
  expect_suspect(suspects(evidence, Ending::submit_lost, 1).front(), network, database, Confidence::low);
}

TEST(SuspectsWithoutError, AMisspelledNameInTheRefusalIsASetting) {
  Evidence evidence = with_requests(submitted);
  evidence.page = "Invalid Emial or password.\nEmail\nPassword";
  const Suspect first = suspects(evidence, Ending::rejected, 1).front();
  expect_suspect(first, config, controller, Confidence::medium);
  EXPECT_EQ(first.identifier, "emial");
  EXPECT_EQ(first.suggestion, "email");
  evidence.page = "Invalid email or password.\nEmial\nPassword";
  EXPECT_EQ(suspects(evidence, Ending::rejected, 1).front().layer, database) << "the label, not the refusal";
  evidence.page = "Invalid emails or passwords.\nEmail\nPassword";
  EXPECT_EQ(suspects(evidence, Ending::rejected, 1).front().layer, database) << "plural";
}

TEST(SuspectsWithoutError, AServerThatAsksForCredentialsItselfIsTheConfig) {
  const Evidence evidence = with_requests({{"GET", "/login", 401, ""}});
  const Suspect first = suspects(evidence, Ending::page_refused).front();
  expect_suspect(first, config, unknown, Confidence::medium);
  EXPECT_THAT(first.cause, testing::HasSubstr("HTTP credentials"));
}

// ---- the form's token, by what was sent and what the record sent ----

TEST(SuspectsWithoutError, ARefusedRequestOfTheScenariosOwnIsItsOwnFaultOnlyWhereATokenIsMissed) {
  Evidence evidence = with_requests({{"GET", "/login", 200, ""}, {"POST", "/api/session", 403, ""}});
  evidence.of_step.emplace().sent.emplace().made_up = true;
  expect_suspect(suspects(evidence, Ending::submit_refused, 1).front(), session, config, Confidence::medium);
  evidence.exchanges.back().status = 419;
  expect_suspect(suspects(evidence, Ending::submit_refused, 1).front(), harness, session, Confidence::medium);
}

TEST(SuspectsWithoutError, ARefusedFormIsTheViewWhereItsTokenIsMissing) {
  Evidence evidence = with_requests(submitted);
  evidence.fields = {"email", "password"};
  expect_suspect(suspects(evidence, Ending::submit_refused, 1).front(), view, session, Confidence::medium);
  evidence.fields = {"email", "password", "csrf_token"};
  expect_suspect(suspects(evidence, Ending::submit_refused, 1).front(), session, config, Confidence::medium);
  evidence.fields = {"email", "password"};
  evidence.known_good.emplace().fields = {"email", "password", "csrf_token"};
  const Suspect first = suspects(evidence, Ending::submit_refused, 1).front();
  expect_suspect(first, view, unknown, Confidence::medium);
  EXPECT_EQ(first.identifier, "csrf_token");
}

// ---- tables ----

record::Table table(std::string name, std::vector<record::Column> columns) {
  record::Table made;
  made.name = std::move(name);
  made.columns = std::move(columns);
  return made;
}

record::Column column(std::string name, std::optional<std::int64_t> length = {}) {
  record::Column made;
  made.name = std::move(name);
  made.length = length;
  return made;
}

Evidence with_tables(std::vector<record::Table> now, std::vector<record::Table> before) {
  Evidence evidence = with_requests(submitted);
  evidence.schema.emplace().tables = std::move(now);
  evidence.known_good.emplace().schema.emplace().tables = std::move(before);
  return evidence;
}

TEST(SuspectsWithoutError, ARenamedColumnIsTheDatabase) {
  const Evidence evidence = with_tables({table("users", {column("email"), column("pasword_hash")})},
                                        {table("users", {column("email"), column("password_hash")})});
  const Suspect first = suspects(evidence, Ending::rejected, 1).front();
  expect_suspect(first, database, unknown, Confidence::high);
  EXPECT_EQ(first.identifier, "pasword_hash");
  EXPECT_EQ(first.suggestion, "password_hash");
  EXPECT_EQ(first.origin, SuggestionOrigin::baseline);
}

TEST(SuspectsWithoutError, ARenamedTableOfSessionsIsTheSession) {
  const Evidence evidence = with_tables({table("sesions", {column("data")})}, {table("sessions", {column("data")})});
  const Suspect first = suspects(evidence, Ending::bounced, 1).front();
  expect_suspect(first, session, unknown, Confidence::high);
  EXPECT_EQ(first.identifier, "sesions");
}

TEST(SuspectsWithoutError, AColumnThatIsGoneIsTheDatabase) {
  const Evidence evidence =
      with_tables({table("users", {column("email")})}, {table("users", {column("email"), column("locked")})});
  const Suspect first = suspects(evidence, Ending::rejected, 1).front();
  expect_suspect(first, database, unknown, Confidence::medium);
  EXPECT_EQ(first.identifier, "locked");
}

TEST(SuspectsWithoutError, AColumnThatTakesLessIsTheDatabase) {
  for (const std::optional<std::int64_t> before : {std::optional<std::int64_t>(255), std::optional<std::int64_t>()}) {
    const Evidence evidence =
        with_tables({table("users", {column("hash", 60)})}, {table("users", {column("hash", before)})});
    const Suspect first = suspects(evidence, Ending::rejected, 1).front();
    expect_suspect(first, database, unknown, Confidence::high);
    EXPECT_EQ(first.identifier, "hash");
  }
}

TEST(SuspectsWithoutError, TablesThatAreAsBeforeLeaveTheModel) {
  const std::vector<record::Table> tables{table("users", {column("email"), column("password_hash")})};
  expect_suspect(suspects(with_tables(tables, tables), Ending::rejected, 1).front(), model, database,
                 Confidence::medium);
}

TEST(SuspectsWithoutError, AColumnThatIsNearlyAUsualOneIsTheDatabase) {
  Evidence evidence = with_requests(submitted);
  evidence.schema.emplace().tables = {table("users", {column("email"), column("pasword_hash")})};
  const Suspect first = suspects(evidence, Ending::rejected, 1).front();
  expect_suspect(first, database, model, Confidence::medium);
  EXPECT_EQ(first.identifier, "pasword_hash");
  EXPECT_EQ(first.suggestion, "password_hash");
}

// ---- pages ----

TEST(SuspectsWithoutError, AWordOfTheRefusalThatIsNearAnotherIsASetting) {
  Evidence evidence = with_requests(submitted);
  evidence.page = "Please try agian";
  evidence.known_good.emplace().refusal = "Please try again";
  const Suspect first = suspects(evidence, Ending::rejected, 1).front();
  expect_suspect(first, config, view, Confidence::medium);
  EXPECT_EQ(first.identifier, "agian");
  EXPECT_EQ(first.suggestion, "again");
}

TEST(SuspectsWithoutError, ALineThatTheDashboardLacksIsTheView) {
  Evidence evidence = with_requests({{"POST", "/login", 302, ""}, {"GET", "/dashboard", 200, ""}});
  evidence.page = "Dashboard\nHello";
  evidence.known_good.emplace().dashboard = "Dashboard\nHello Ada";
  const auto all = suspects(evidence, Ending::signed_in, 1);
  ASSERT_EQ(all.size(), 1U);
  expect_suspect(all.front(), view, model, Confidence::medium);
  EXPECT_THAT(all.front().cause, testing::HasSubstr("Hello Ada"));
  evidence.page = "Something else altogether";
  EXPECT_TRUE(suspects(evidence, Ending::signed_in, 1).empty()) << "another page says nothing of a line";
}

} // namespace
} // namespace murphy::diagnose
