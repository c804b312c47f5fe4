#include "cli/select.h"

#include "base/make_error.h"
#include "cli/terminal.h"
#include "record/read_run.h"

#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <random>

namespace murphy::cli {
namespace {

// The ids of the cases that did not pass in the run that the journal keeps.
Result<std::set<std::string>> not_passed(const std::string& journal) {
  const auto run = record::read_run(journal);
  if (!run) return std::unexpected(run.error());
  if (run->started.conditions && run->started.conditions->is_stepped)
    return std::unexpected(in_file(usage_error("a person went through this run step by step, so it does not say what "
                                               "fails",
                                               "run without --step, and name the journal of that run"),
                                   journal));
  std::set<std::string> ids;
  for (const record::FeatureResult& feature : run->features) {
    for (const record::CaseResult& each : feature.cases)
      if (each.outcome != record::Outcome::passed && each.outcome != record::Outcome::skipped)
        ids.insert(each.plan->id);
  }
  return ids;
}

// `--shuffle` alone, which reads as "true", draws a seed.
Result<std::uint64_t> seed_of(const std::string& text) {
  std::uint64_t seed = 0;
  if (text == "true") return std::random_device()() % 1'000'000;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), seed);
  if (error == std::errc{} && end == text.data() + text.size()) return seed;
  return std::unexpected(usage_error(fmt::format("--shuffle={} is not a seed", text),
                                     "write a whole number that an earlier run printed, or --shuffle alone"));
}

void mask(Shared<record::PlannedCase>& shared, const record::Redactor& redactor) {
  record::PlannedCase planned = *shared;
  planned.feature = redactor.redact(planned.feature);
  for (SharedText* text : {&planned.name, &planned.ticket}) *text = redactor.redact(*text);
  for (auto* texts : {&planned.tags, &planned.requirements, &planned.accounts}) {
    if ((*texts)->empty()) continue;
    for (std::string& text : texts->edit()) text = redactor.redact(text);
  }
  if (planned != *shared) shared = std::move(planned);
}

} // namespace

Result<run::Plan> select(const std::vector<scenario::Feature>& features, const RunOptions& options,
                         const record::Redactor& redactor) {
  run::Selection selection{.features = options.selection.features,
                           .names = options.selection.names,
                           .tags = std::nullopt,
                           .ids = std::nullopt};
  if (!options.selection.tags.empty()) {
    auto tags = run::TagExpression::parse(options.selection.tags);
    if (!tags) return std::unexpected(tags.error());
    selection.tags = std::move(*tags);
  }
  if (!options.last_failed.empty()) {
    auto ids = not_passed(options.last_failed);
    if (!ids) return std::unexpected(ids.error());
    selection.ids = std::move(*ids);
  }
  run::Plan all = run::plan(features);
  for (run::Case& each : all.cases)
    if (std::string id = redactor.redact(each.planned->id); id != each.planned->id)
      each.planned.edit().id = std::move(id);
  auto selected = run::select(std::move(all), selection);
  if (selected)
    for (run::Case& each : selected->cases) mask(each.planned, redactor);
  if (!selected || options.shuffle.empty()) return selected;
  const auto seed = seed_of(options.shuffle);
  if (!seed) return std::unexpected(seed.error());
  write_error(fmt::format("shuffled: --shuffle={} repeats this order\n", *seed));
  return run::shuffle(std::move(*selected), *seed);
}

} // namespace murphy::cli
