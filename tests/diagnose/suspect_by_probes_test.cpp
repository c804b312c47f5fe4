#include "diagnose/suspect_by_probes.h"

#include <gmock/gmock.h>
#include <ostream>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::Layer;
using record::Probes;
using enum record::ProbeEnd;

struct ProbeRow {
  const char* name;
  Ending ending; // of the sign-in that was probed after
  Probes probes;
  Layer layer; // unknown: the probes tell nothing
  Layer also = Layer::unknown;
  Confidence confidence = Confidence::medium;
};

void PrintTo(const ProbeRow& row, std::ostream* out) { *out << row.name; }

class SuspectByProbes : public testing::TestWithParam<ProbeRow> {};

TEST_P(SuspectByProbes, Layer) {
  Evidence evidence;
  evidence.probes = GetParam().probes;
  const auto suspect = suspect_by_probes({.ending = GetParam().ending, .at = nullptr}, evidence);
  EXPECT_EQ(suspect.has_value(), GetParam().layer != Layer::unknown);
  if (!suspect) return;
  EXPECT_EQ(record::name_of(suspect->layer), record::name_of(GetParam().layer));
  EXPECT_EQ(record::name_of(suspect->also), record::name_of(GetParam().also));
  EXPECT_EQ(suspect->confidence, GetParam().confidence);
  EXPECT_FALSE(suspect->cause.empty());
  ASSERT_FALSE(suspect->evidence.empty());
  for (const record::EvidenceLine& line : suspect->evidence) EXPECT_EQ(line.source, record::EvidenceSource::probes);
}

INSTANTIATE_TEST_SUITE_P(
    All, SuspectByProbes,
    testing::Values(
        ProbeRow{"Nothing", Ending::submit_failed, {}, Layer::unknown},
        // Whatever came of the sign-in.
        ProbeRow{"NoAnswerAtAll", Ending::rejected, {.ready_page = no_answer}, Layer::network, Layer::config},
        ProbeRow{
            "NoAnswerButToFiles", Ending::rejected, {.ready_page = no_answer, .static_page = works}, Layer::unknown},
        ProbeRow{"OpenWithoutASession", Ending::rejected, {.no_session = works}, Layer::controller},
        ProbeRow{"WrongPasswordLetIn", Ending::signed_in, {.wrong_password = works}, Layer::controller, Layer::model},
        ProbeRow{"OnlyFilesWork",
                 Ending::rejected,
                 {.ready_page = server_error, .static_page = works},
                 Layer::config,
                 Layer::database},
        ProbeRow{"ReadyPageFailsAndNoFileWasAsked", Ending::signed_in, {.ready_page = server_error}, Layer::unknown},
        // It ended in a server error.
        ProbeRow{"FailsForOneAccount", Ending::submit_failed, {.second_account = works}, Layer::database, Layer::model},
        ProbeRow{
            "FailsAfterThePassword", Ending::submit_failed, {.wrong_password = refused}, Layer::session, Layer::model},
        ProbeRow{"FailsAfterThePasswordOnTheNextPage",
                 Ending::landing_failed,
                 {.wrong_password = refused},
                 Layer::session,
                 Layer::model},
        ProbeRow{"FailsAtTheStoredPassword",
                 Ending::submit_failed,
                 {.wrong_password = server_error, .unknown_user = refused},
                 Layer::database,
                 Layer::model},
        ProbeRow{"FailsAtLookingUp",
                 Ending::submit_failed,
                 {.wrong_password = server_error, .unknown_user = server_error},
                 Layer::database,
                 Layer::model},
        // It was refused.
        ProbeRow{"RefusesOneAccount", Ending::rejected, {.second_account = works}, Layer::database},
        ProbeRow{"RefusesOneAccountWithoutAWord", Ending::form_again, {.second_account = works}, Layer::database},
        ProbeRow{"RefusingAnUnknownUserFails",
                 Ending::rejected,
                 {.unknown_user = server_error},
                 Layer::model,
                 Layer::controller,
                 Confidence::low},
        ProbeRow{"RefusingAWrongPasswordFails",
                 Ending::rejected,
                 {.wrong_password = server_error},
                 Layer::model,
                 Layer::controller,
                 Confidence::low},
        ProbeRow{"RefusesEveryAccount",
                 Ending::rejected,
                 {.second_account = refused},
                 Layer::database,
                 Layer::model,
                 Confidence::low},
        ProbeRow{"RefusesAsItShould",
                 Ending::rejected,
                 {.wrong_password = refused, .unknown_user = refused},
                 Layer::unknown},
        // It was denied the page.
        ProbeRow{"DeniesOneAccount", Ending::landing_denied, {.second_account = works}, Layer::database},
        ProbeRow{"DeniesEveryAccount", Ending::landing_denied, {.second_account = refused}, Layer::unknown},
        ProbeRow{"BouncesEveryAccount", Ending::bounced, {.second_account = refused}, Layer::unknown}),
    [](const auto& each) { return std::string(each.param.name); });

// An app that says which queries it makes, and made none.
TEST(SuspectByProbes, AFormThatReachesNoQueryIsTheController) {
  Evidence evidence;
  evidence.known_good.emplace().console = {"SELECT id, hash FROM users WHERE email = ?"};
  evidence.console = {"POST /login"};
  const auto suspect = [&](Ending ending) { return suspect_by_probes({.ending = ending, .at = nullptr}, evidence); };
  for (const Ending ending : {Ending::rejected, Ending::form_again}) {
    const auto silent = suspect(ending);
    ASSERT_TRUE(silent);
    EXPECT_EQ(silent->layer, Layer::controller);
    EXPECT_EQ(silent->also, Layer::view);
    EXPECT_EQ(silent->confidence, Confidence::medium);
  }
  EXPECT_FALSE(suspect(Ending::signed_in));
  evidence.database_log = {"select id from users"};
  EXPECT_FALSE(suspect(Ending::rejected)) << "it asked";
  evidence.database_log.clear();
  evidence.console = {"select id from users"};
  EXPECT_FALSE(suspect(Ending::rejected));
  evidence.console.clear();
  EXPECT_FALSE(suspect(Ending::rejected)) << "a console that says nothing says nothing of queries";
}

TEST(SuspectByProbes, SumsUpWhatWasAsked) {
  Evidence evidence;
  evidence.probes = {.wrong_password = refused,
                     .unknown_user = refused,
                     .no_session = refused,
                     .ready_page = works,
                     .static_page = works,
                     .second_account = works};
  const auto suspect = suspect_by_probes({.ending = Ending::rejected, .at = nullptr}, evidence);
  ASSERT_TRUE(suspect);
  EXPECT_EQ(suspect->evidence.back().text,
            "a wrong password is refused, an unknown user is refused, another account works, the dashboard without a "
            "session is refused, the ready page works, a static page works");
}

// With tables as they were, it is the code that looks for the account another way.
TEST(Lookups, ThatFailWithTheTablesAsTheyWereAreTheModels) {
  Evidence evidence;
  evidence.probes = {.wrong_password = server_error, .unknown_user = server_error};
  evidence.schema.emplace().tables.emplace_back().name = "users";
  evidence.known_good.emplace().schema = evidence.schema;
  const SignInCourse failed{.ending = Ending::submit_failed, .at = nullptr};
  const auto suspect = suspect_by_probes(failed, evidence);
  ASSERT_TRUE(suspect);
  EXPECT_EQ(record::name_of(suspect->layer), "model");
  EXPECT_EQ(record::name_of(suspect->also), "database");
  EXPECT_EQ(suspect->cause, "looking up the account fails, and the tables are as they were");
  evidence.schema->tables.front().name = "usrs";
  EXPECT_EQ(record::name_of(suspect_by_probes(failed, evidence)->layer), "database");
}

} // namespace
} // namespace murphy::diagnose
