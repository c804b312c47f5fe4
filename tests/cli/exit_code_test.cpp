#include "cli/exit_code.h"

#include <gtest/gtest.h>
#include <optional>
#include <vector>

namespace murphy::cli {
namespace {

using record::Outcome;

TEST(ExitCode, OfAnErrorFollowsItsKind) {
  EXPECT_EQ(exit_code(ErrorKind::usage), ExitCode::usage);
  EXPECT_EQ(exit_code(ErrorKind::target), ExitCode::target);
  EXPECT_EQ(exit_code(ErrorKind::internal), ExitCode::internal);
  EXPECT_EQ(exit_code(ErrorKind::interrupted), ExitCode::interrupted);
}

// A case, and for an error what the last step says of it.
struct Ended {
  Outcome outcome;
  std::optional<ErrorKind> error = {};
  bool cleanup = false; // a step of the cleanup follows
};

enum class End { finished, interrupted, killed };

struct RunOf {
  const char* name;
  std::vector<Ended> cases;
  ExitCode code;
  std::optional<ErrorKind> lost = {};
  record::AppLoss loss = record::AppLoss::unreachable;
  End end = End::finished;
};

Error error_of_kind(ErrorKind kind) {
  Error error;
  error.kind = kind;
  error.what = "it broke";
  return error;
}

record::Run run_of(const RunOf& reported) {
  record::Run run;
  record::FeatureResult& feature = run.features.emplace_back();
  for (const Ended& each : reported.cases) {
    record::CaseResult& result = feature.cases.emplace_back();
    result.outcome = each.outcome;
    if (each.error) result.steps.emplace_back().error = error_of_kind(*each.error);
    if (each.cleanup) result.steps.emplace_back().title = "cleanup › sign_out";
  }
  if (reported.lost) run.lost.emplace().error = error_of_kind(*reported.lost);
  if (reported.lost) run.lost->loss = reported.loss;
  if (reported.end != End::killed) run.finished.emplace().interrupted = reported.end == End::interrupted;
  return run;
}

class ExitCodeOfRun : public testing::TestWithParam<RunOf> {};

TEST_P(ExitCodeOfRun, IsDecided) { EXPECT_EQ(exit_code(run_of(GetParam())), GetParam().code); }

const Ended passed{Outcome::passed}, failed{Outcome::failed}, skipped{Outcome::skipped}, not_run{Outcome::not_run};
const Ended unreadable{Outcome::error, ErrorKind::target}, misused{Outcome::error, ErrorKind::usage};
const Ended hung_with_cleanup{Outcome::error, ErrorKind::target, true};
const Ended broken{Outcome::error, ErrorKind::internal}, unexplained{Outcome::error};

INSTANTIATE_TEST_SUITE_P(
    All, ExitCodeOfRun,
    testing::Values(
        RunOf{.name = "AllPassed", .cases = {passed, passed}, .code = ExitCode::passed},
        RunOf{.name = "OneFailed", .cases = {passed, failed}, .code = ExitCode::failed},
        RunOf{.name = "Skipped", .cases = {passed, skipped}, .code = ExitCode::passed},
        RunOf{.name = "AllSkipped", .cases = {skipped}, .code = ExitCode::passed},
        RunOf{.name = "Nothing", .cases = {}, .code = ExitCode::nothing_selected},
        RunOf{.name = "Unreadable", .cases = {passed, unreadable}, .code = ExitCode::target},
        RunOf{.name = "Misused", .cases = {misused}, .code = ExitCode::usage},
        RunOf{.name = "Broken", .cases = {broken}, .code = ExitCode::internal},
        RunOf{.name = "Hung", .cases = {hung_with_cleanup}, .code = ExitCode::target},
        RunOf{.name = "ErrorWithoutAReason", .cases = {unexplained}, .code = ExitCode::internal},
        RunOf{.name = "TheFirstErrorCounts", .cases = {misused, unreadable}, .code = ExitCode::usage},
        RunOf{.name = "AFailureOutweighsAnError", .cases = {unreadable, failed}, .code = ExitCode::failed},
        RunOf{.name = "NotRun", .cases = {passed, not_run}, .code = ExitCode::target},
        RunOf{.name = "Lost", .cases = {passed, not_run}, .code = ExitCode::target, .lost = ErrorKind::target},
        RunOf{.name = "Died",
              .cases = {passed, not_run},
              .code = ExitCode::target,
              .lost = ErrorKind::target,
              .loss = record::AppLoss::died},
        RunOf{.name = "DoesNotComeUp",
              .cases = {not_run},
              .code = ExitCode::failed,
              .lost = ErrorKind::target,
              .loss = record::AppLoss::broken},
        RunOf{.name = "LostByItsOwnMistake", .cases = {not_run}, .code = ExitCode::usage, .lost = ErrorKind::usage},
        RunOf{.name = "AFailureOutweighsALostApp",
              .cases = {failed, not_run},
              .code = ExitCode::failed,
              .lost = ErrorKind::target},
        RunOf{
            .name = "Interrupted", .cases = {failed, not_run}, .code = ExitCode::interrupted, .end = End::interrupted},
        RunOf{.name = "Killed", .cases = {passed, passed}, .code = ExitCode::interrupted, .end = End::killed}),
    [](const auto& each) { return std::string(each.param.name); });

} // namespace
} // namespace murphy::cli
