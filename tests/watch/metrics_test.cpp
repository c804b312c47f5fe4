// Figures for Prometheus.
#include "watch/metrics.h"

#include "base/text.h"
#include "looks.h"
#include "watch/judge.h"

#include <gmock/gmock.h>

namespace murphy::watch {
namespace {

using record::MetricsFormat;
using std::chrono::seconds;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class Metrics : public testing::Test {
protected:
  Metrics() {
    for (const int second : {10, 20}) {
      RoundLook round =
          round_of(seconds(second), {passed(target_check), failed("a.toml#says \"no\""), passed("a.toml#fine")});
      round.schema = SchemaLook{};
      judge(state_, round, {.fail_after = 2, .fail_if = {}, .pass_after = 2, .confirm = {}, .remind = {}}, "staging",
            {});
    }
  }
  std::string text(seconds now, record::MetricsFormat format = record::MetricsFormat::prometheus) const {
    return metrics_text(state_, facts_, format, at(now));
  }
  MetricsFacts facts_{
      .version = "1.2",
      .target = "staging",
      .scenarios = {{.id = "a.toml#says \"no\"", .feature = "Sign in", .name = "says \"no\"", .every = seconds(60)},
                    {.id = "a.toml#fine", .feature = "Sign in", .name = "fine", .every = seconds(60)},
                    {.id = "a.toml#later", .feature = "Sign in", .name = "later", .every = seconds(60)}},
      .counts = {},
      .process = {}};
  WatchState state_;
};

TEST_F(Metrics, KeepAScenarioAtZeroWhileItsIncidentIsOpen) {
  const std::string late = text(std::chrono::hours(2));
  EXPECT_THAT(
      late,
      HasSubstr("murphy_scenario_success{target=\"staging\",feature=\"Sign in\",scenario=\"says \\\"no\\\"\"} 0\n"));
  EXPECT_THAT(late,
              Not(HasSubstr("murphy_scenario_success{target=\"staging\",feature=\"Sign in\",scenario=\"fine\"}")));
}

TEST_F(Metrics, AreInTheFormatOfPrometheus) {
  EXPECT_EQ(text(seconds(30)),
            R"(# HELP murphy_build_info The version of Murphy.
# TYPE murphy_build_info gauge
murphy_build_info{version="1.2"} 1
# HELP murphy_config_last_reload_successful 1 if the files of the watch were read last without an error.
# TYPE murphy_config_last_reload_successful gauge
murphy_config_last_reload_successful 1
# HELP murphy_config_last_reload_success_timestamp_seconds When they were read again last.
# TYPE murphy_config_last_reload_success_timestamp_seconds gauge
# HELP murphy_scenario_success 1 while a scenario passes, 0 once its failure is confirmed.
# TYPE murphy_scenario_success gauge
murphy_scenario_success{target="staging",feature="Sign in",scenario="says \"no\""} 0
murphy_scenario_success{target="staging",feature="Sign in",scenario="fine"} 1
# HELP murphy_scenario_slow 1 while a scenario passes and takes too long.
# TYPE murphy_scenario_slow gauge
murphy_scenario_slow{target="staging",feature="Sign in",scenario="says \"no\""} 0
murphy_scenario_slow{target="staging",feature="Sign in",scenario="fine"} 0
# HELP murphy_scenario_last_success_timestamp_seconds When a scenario passed last.
# TYPE murphy_scenario_last_success_timestamp_seconds gauge
murphy_scenario_last_success_timestamp_seconds{target="staging",feature="Sign in",scenario="fine"} 1800000020.000
# HELP murphy_schedule_interval_seconds How often a scenario runs.
# TYPE murphy_schedule_interval_seconds gauge
murphy_schedule_interval_seconds{target="staging",feature="Sign in",scenario="says \"no\""} 60.000
murphy_schedule_interval_seconds{target="staging",feature="Sign in",scenario="fine"} 60.000
murphy_schedule_interval_seconds{target="staging",feature="Sign in",scenario="later"} 60.000
# HELP murphy_target_up 1 while the app answers, 0 once it is confirmed that it does not.
# TYPE murphy_target_up gauge
murphy_target_up{target="staging"} 1
# HELP murphy_incidents_open Incidents that are open.
# TYPE murphy_incidents_open gauge
murphy_incidents_open{target="staging",severity="critical"} 1
murphy_incidents_open{target="staging",severity="warning"} 0
# HELP murphy_maintenance 1 while a maintenance window is open.
# TYPE murphy_maintenance gauge
murphy_maintenance{target="staging"} 0
# HELP murphy_schema_visible 1 if the last look could compare the tables with the baseline.
# TYPE murphy_schema_visible gauge
murphy_schema_visible{target="staging"} 1
# HELP murphy_schema_drift_changes Differences of the tables from the baseline.
# TYPE murphy_schema_drift_changes gauge
murphy_schema_drift_changes{target="staging"} 0
# HELP murphy_database_check_state 1 if a check of the database server is good, 0 if not.
# TYPE murphy_database_check_state gauge
# HELP murphy_database_check_blind 1 for each check of the database server that saw nothing.
# TYPE murphy_database_check_blind gauge
# HELP murphy_migrations_pending Migrations that have not run.
# TYPE murphy_migrations_pending gauge
# HELP murphy_tls_expiry_timestamp_seconds When a certificate ends.
# TYPE murphy_tls_expiry_timestamp_seconds gauge
# HELP murphy_app_check_state 1 if a check of the app server is good, 0 if not.
# TYPE murphy_app_check_state gauge
# HELP murphy_app_check_blind 1 for each check of the app server that could not be judged.
# TYPE murphy_app_check_blind gauge
# HELP murphy_last_run_timestamp_seconds When a scenario was judged last, or the app did not answer.
# TYPE murphy_last_run_timestamp_seconds gauge
murphy_last_run_timestamp_seconds{target="staging"} 1800000020.000
# HELP murphy_series_dropped Series that were left out because there are too many.
# TYPE murphy_series_dropped gauge
murphy_series_dropped 0
)");
}

TEST_F(Metrics, SayNothingOfWhatIsNotKnownAnyLonger) {
  EXPECT_THAT(text(seconds(200)), HasSubstr("murphy_scenario_success{"));
  EXPECT_THAT(text(seconds(201)),
              Not(HasSubstr(R"(murphy_scenario_success{target="staging",feature="Sign in",scenario="fine")")));
  EXPECT_THAT(text(seconds(200)), HasSubstr("murphy_target_up{"));
  EXPECT_THAT(text(seconds(201)), Not(HasSubstr("murphy_target_up{")));
  EXPECT_THAT(text(seconds(201)), HasSubstr("murphy_schema_visible{target=\"staging\"} 0"));
  EXPECT_THAT(text(seconds(201)), Not(HasSubstr("murphy_schema_drift_changes{")));
  state_ = {};
  EXPECT_THAT(text(seconds(1)), HasSubstr("murphy_schema_visible{target=\"staging\"} 0"));
  EXPECT_THAT(text(seconds(1)), Not(HasSubstr("murphy_schema_drift_changes{"))) << "what is not seen is not 0";
}

TEST_F(Metrics, CountFromTheBeginning) {
  facts_.counts.emplace();
  EXPECT_THAT(text(seconds(30)), HasSubstr("murphy_scenario_runs_total{target=\"staging\",feature=\"Sign "
                                           "in\",scenario=\"later\",outcome=\"failed\"} 0\n"));
  EXPECT_THAT(text(seconds(30)),
              HasSubstr(R"(murphy_failures_total{target="staging",layer="database",confidence="high"} 0)"));
  EXPECT_THAT(text(seconds(30)),
              HasSubstr(R"(murphy_failures_total{target="staging",layer="unknown",confidence="none"} 0)"));
  RoundLook round = round_of(seconds(30), {passed("a.toml#fine"), failed("a.toml#later", cause_named("f"))});
  round.checks[0].took = std::chrono::milliseconds(400);
  round.checks[1].took = std::chrono::minutes(1);
  round.checks[1].layer = "database";
  round.checks[1].trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  round.unjudged = {"a.toml#says \"no\""};
  count(*facts_.counts, round);
  facts_.counts->alerts[{"on call", "sent"}] = 2;
  facts_.counts->overrun = 4;
  facts_.counts->budget = 3;
  const std::string counted = text(seconds(30));
  for (const char* line :
       {R"(murphy_scenario_runs_total{target="staging",feature="Sign in",scenario="says \"no\"",outcome="error"} 1)",
        R"(murphy_scenario_runs_total{target="staging",feature="Sign in",scenario="later",outcome="failed"} 1)",
        R"(murphy_scenario_duration_seconds_bucket{target="staging",feature="Sign in",scenario="fine",le="0.25"} 0)",
        R"(murphy_scenario_duration_seconds_bucket{target="staging",feature="Sign in",scenario="fine",le="0.5"} 1)",
        R"(murphy_scenario_duration_seconds_bucket{target="staging",feature="Sign in",scenario="later",le="30.0"} 0)",
        R"(murphy_scenario_duration_seconds_bucket{target="staging",feature="Sign in",scenario="later",le="+Inf"} 1)",
        R"(murphy_scenario_duration_seconds_sum{target="staging",feature="Sign in",scenario="later"} 60.000)",
        R"(murphy_failures_total{target="staging",layer="database",confidence="high"} 1)",
        R"(murphy_notifications_total{target="staging",channel="on call",outcome="sent"} 2)",
        R"(murphy_runs_skipped_total{target="staging",reason="overrun"} 4)",
        R"(murphy_runs_skipped_total{target="staging",reason="budget"} 3)"})
    EXPECT_THAT(counted, HasSubstr(std::string(line) + "\n"));
}

TEST_F(Metrics, SayHowTheFilesWereRead) {
  EXPECT_THAT(text(seconds(30)), AllOf(HasSubstr("murphy_config_last_reload_successful 1\n"),
                                       Not(HasSubstr("\nmurphy_config_last_reload_success_timestamp_seconds "))));
  facts_.reload = {.is_good = false, .last_good = at(seconds(5))};
  EXPECT_THAT(text(seconds(30)),
              AllOf(HasSubstr("murphy_config_last_reload_successful 0\n"),
                    HasSubstr("\nmurphy_config_last_reload_success_timestamp_seconds 1800000005.000\n")));
}

TEST_F(Metrics, ArePointedAtTheRunInOpenMetrics) {
  facts_.counts.emplace();
  RoundLook round = round_of(seconds(30), {failed("a.toml#later")});
  round.checks[0].trace = "4bf92f3577b34da6a3ce929d0e0e4736";
  count(*facts_.counts, round);
  const std::string open = text(seconds(30), MetricsFormat::openmetrics);
  EXPECT_THAT(open, HasSubstr("# TYPE murphy_scenario_runs counter\n"));
  EXPECT_THAT(
      open,
      HasSubstr(
          R"(scenario="later",outcome="failed"} 1 # {trace_id="4bf92f3577b34da6a3ce929d0e0e4736"} 0.000 1800000030.000)"));
  EXPECT_THAT(open, testing::EndsWith("\n# EOF\n"));
  EXPECT_THAT(text(seconds(30)), Not(HasSubstr("trace_id")));
}

TEST_F(Metrics, SayWhatTheServerSaysAndWhatIsNotSeen) {
  state_.server_looked = at(seconds(20));
  state_.migrations_pending = 2;
  CheckState& write = state_.checks["server/write"];
  write.looked = at(seconds(20));
  state_.checks["server/connections"].failed_in_row = 1;
  state_.checks["server/locks"].looked = at(seconds(20));
  state_.blind_server["locks"] = "why";
  const std::string all = text(seconds(30));
  EXPECT_THAT(all, HasSubstr("murphy_database_check_state{target=\"staging\",check=\"write\"} 1\n"));
  EXPECT_THAT(all, HasSubstr("murphy_database_check_state{target=\"staging\",check=\"connections\"} 0\n"));
  EXPECT_THAT(all, HasSubstr("murphy_database_check_blind{target=\"staging\",check=\"locks\"} 1\n"));
  EXPECT_THAT(all, Not(HasSubstr("murphy_database_check_state{target=\"staging\",check=\"locks\"}")));
  EXPECT_THAT(all, HasSubstr("murphy_migrations_pending{target=\"staging\"} 2\n"));
}

TEST_F(Metrics, SayNothingOfAServerThatNobodyLookedAtLately) {
  state_.server_looked = at(seconds(20));
  state_.migrations_pending = 0;
  state_.checks["server/write"].looked = at(seconds(20));
  state_.blind_server["locks"] = "why";
  for (const char* name : {"check_state{", "check_blind{"}) {
    const std::string metric = std::string("murphy_database_") + name;
    EXPECT_THAT(text(seconds(200)), HasSubstr(metric));
    EXPECT_THAT(text(seconds(201)), Not(HasSubstr(metric)));
  }
  EXPECT_THAT(text(seconds(200)), HasSubstr("murphy_migrations_pending{"));
  EXPECT_THAT(text(seconds(201)), Not(HasSubstr("murphy_migrations_pending{")));
}

TEST_F(Metrics, SayWhenCertificatesEnd) {
  state_.checks[app_certificate_check].looked = at(seconds(20));
  state_.certificates = {{app_certificate_check, at(seconds(500))}, {database_certificate_check, at(seconds(600))}};
  EXPECT_THAT(text(seconds(30)),
              HasSubstr("murphy_tls_expiry_timestamp_seconds{target=\"staging\",endpoint=\"app\"} 1800000500.000\n"));
  EXPECT_THAT(text(seconds(30)), Not(HasSubstr("endpoint=\"database\""))) << "nobody has looked at it";
  EXPECT_THAT(text(seconds(201)), Not(HasSubstr("murphy_tls_expiry_timestamp_seconds{")));
}

TEST_F(Metrics, AreNeverTooMany) {
  facts_.counts.emplace();
  facts_.scenarios.clear();
  for (int i = 0; i < 1000; ++i)
    facts_.scenarios.push_back(
        {.id = "a#" + std::to_string(i), .feature = "Sign in", .name = std::to_string(i), .every = seconds(60)});
  const std::string all = text(seconds(30));
  std::size_t series = 0;
  for (const std::string_view line : split(all, '\n')) series += line.empty() || line.starts_with('#') ? 0U : 1U;
  EXPECT_LE(series, most_series + 1);
  EXPECT_THAT(all, HasSubstr("scenario=\"999\",outcome=\"failed\"} 0"));
  EXPECT_THAT(all, Not(HasSubstr("murphy_series_dropped 0\n")));
}

TEST(WatchedScenarios, OfOneNameAreToldApart) {
  const auto named = [](const std::string& file, const std::string& name) {
    return WatchedScenario{.id = file + "#" + name, .feature = "Sign in", .name = name, .every = seconds(1)};
  };
  const auto all = told_apart({named("a.toml", "works"), named("b.toml", "works"), named("b.toml", "else")});
  EXPECT_EQ(all[0].name, "works (a.toml)");
  EXPECT_EQ(all[1].name, "works (b.toml)");
  EXPECT_EQ(all[2].name, "else");
}

TEST_F(Metrics, SayWhatTheAppServerShows) {
  state_.checks["app/console"].failed_in_row = 1;
  state_.checks["app/console"].looked = at(seconds(20));
  state_.checks["app/process"].looked = at(seconds(20));
  state_.checks["app/sign-in.toml#a"].looked = at(seconds(20));
  state_.blind_app["descriptors"] = "why";
  EXPECT_THAT(text(seconds(30)), Not(HasSubstr("murphy_app_threads")));
  state_.process.id = 4711;
  state_.process.last = ProcessLook{.id = 4711,
                                    .started = at(seconds(1)),
                                    .resident_bytes = 1000,
                                    .most_bytes = 2000,
                                    .most_files = 1024,
                                    .threads = 7};
  state_.process.restarts = 3;
  state_.console.looked = at(seconds(20));
  state_.console.news["a form"].seen = at(seconds(20));
  RoundLook round = round_of(seconds(20), {});
  round.console.emplace().lines.resize(2);
  count(facts_.counts.emplace(), round);
  const std::string all = text(seconds(30));
  for (const char* line :
       {"murphy_app_error_lines_total{target=\"staging\"} 2\n", "murphy_app_new_error_kinds{target=\"staging\"} 1\n",
        "murphy_app_check_state{target=\"staging\",check=\"console\"} 0\n",
        "murphy_app_check_state{target=\"staging\",check=\"process\"} 1\n",
        "murphy_app_check_blind{target=\"staging\",check=\"descriptors\"} 1\n",
        "murphy_app_restarts_total{target=\"staging\"} 3\n",
        "murphy_app_start_time_seconds{target=\"staging\"} 1800000001.000\n",
        "murphy_app_resident_memory_bytes{target=\"staging\"} 1000\n",
        "murphy_app_memory_limit_bytes{target=\"staging\"} 2000\n", "murphy_app_max_fds{target=\"staging\"} 1024\n",
        "murphy_app_threads{target=\"staging\"} 7\n"})
    EXPECT_THAT(all, HasSubstr(line));
  EXPECT_THAT(all, Not(HasSubstr("murphy_app_open_fds"))) << "what is not seen is not 0";
  EXPECT_THAT(all, Not(HasSubstr("check=\"sign-in")));
  // A look of long ago says nothing of now.
  const std::string late = text(seconds(201));
  for (const char* metric : {"murphy_app_check_state{", "murphy_app_new_error_kinds{", "murphy_app_threads{"})
    EXPECT_THAT(late, Not(HasSubstr(metric)));
  EXPECT_THAT(late, HasSubstr("murphy_app_check_blind{"));
  state_.blind_app["console"] = "why";
  EXPECT_THAT(text(seconds(30)), Not(HasSubstr("murphy_app_new_error_kinds{"))) << "what is not seen is not 0";
}

} // namespace
} // namespace murphy::watch
