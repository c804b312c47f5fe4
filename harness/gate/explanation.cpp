#include "gate/explanation.h"

#include "base/text.h"
#include "reports/plain_text.h"
#include "reports/run_text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::gate {
namespace {

std::string meaning_text(const ChangedPath& path) {
  const std::string patterns = reports::plain_line(join(path.patterns, ", "));
  switch (path.meaning) {
  case ChangedPath::Meaning::features: {
    const std::string features = reports::plain_line(join(path.features, ", "));
    return patterns.empty() ? "the feature file of " + features : patterns + " → " + features;
  }
  case ChangedPath::Meaning::project_file: return "every feature depends on it: everything";
  case ChangedPath::Meaning::ignored: return patterns + " is ignored";
  case ChangedPath::Meaning::unknown: break;
  }
  return "no rule matches: everything";
}

} // namespace

std::vector<std::string> lines_of(const Concerned& concerned) {
  std::vector<std::string> lines;
  for (const ChangedPath& path : concerned.paths)
    lines.push_back(fmt::format("{}: {}", reports::plain_line(path.path), meaning_text(path)));
  return lines;
}

std::vector<std::string> lines_of(const Requirements& requirements) {
  std::vector<std::string> lines;
  for (const std::string& feature : requirements.features) {
    const auto proofs = std::ranges::count_if(requirements.plan, [&](const PlannedProof& planned) {
      return planned.proves && fold_case(planned.feature) == fold_case(feature);
    });
    lines.push_back(fmt::format("{}: {}", reports::plain_line(feature),
                                proofs == 0
                                    ? "no scenario proves it"
                                    : reports::counted(static_cast<std::size_t>(proofs), "scenario") + " to prove it"));
  }
  return lines;
}

} // namespace murphy::gate
