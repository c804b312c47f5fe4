#include "cli/exit_code.h"

#include <algorithm>

namespace murphy::cli {

ExitCode exit_code(ErrorKind kind) {
  switch (kind) {
  case ErrorKind::usage: return ExitCode::usage;
  case ErrorKind::target:
  case ErrorKind::unseen: return ExitCode::target;
  case ErrorKind::internal: return ExitCode::internal;
  case ErrorKind::interrupted: return ExitCode::interrupted;
  }
  return ExitCode::internal;
}

ExitCode exit_code(const record::Run& run) {
  if (!run.finished || run.finished->interrupted) return ExitCode::interrupted;
  const record::Totals totals = record::totals(run);
  if (totals.failed > 0) return ExitCode::failed;
  if (run.lost) {
    const bool is_broken = run.lost->loss == record::AppLoss::broken;
    return is_broken ? ExitCode::failed : exit_code(run.lost->error.kind);
  }
  if (totals.all() == 0) return ExitCode::nothing_selected;
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& each : feature.cases) {
      if (each.outcome != record::Outcome::error) continue;
      // Steps of the cleanup may follow the one that could not be judged.
      const auto step = std::ranges::find_if(each.steps, [](const auto& one) { return one.error.has_value(); });
      return step != each.steps.end() ? exit_code(step->error->kind) : ExitCode::internal;
    }
  }
  return totals.not_run > 0 ? ExitCode::target : ExitCode::passed;
}

} // namespace murphy::cli
