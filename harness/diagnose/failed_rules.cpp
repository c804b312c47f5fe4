#include "diagnose/failed_expectations.h"

#include "base/text.h"
#include "words/rule_text.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>

namespace murphy::diagnose {

namespace {

using record::Confidence;
using record::Layer;
using record::Standing;
using record::ValidationCell;

// Whether the value that ended in a server error is one that has to be taken: then what stands behind the server's
// rules is too small; else the server's own rule is missing.
bool has_to_be_taken(const ValidationCell& cell) {
  if (cell.column == Standing::stricter) return true;
  if (cell.column == Standing::enforced || cell.column == Standing::looser) return false;
  if (cell.rule == "accepts") return true;
  if (cell.rule != "max_length") return false;
  return cell.bound && static_cast<std::int64_t>(cell.tested.length) <= *cell.bound;
}

record::Suspect suspect_for(const ValidationCell& cell) {
  record::Suspect suspect;
  suspect.identifier = cell.field;
  suspect.confidence = Confidence::medium;
  const std::string rule = words::rule_text(cell), column = words::column_text(cell.behind);
  if (cell.page == Standing::missing || cell.page == Standing::stricter) {
    suspect.layer = Layer::view;
    suspect.confidence = Confidence::high;
    suspect.cause = cell.page == Standing::stricter
                        ? fmt::format("the page refuses at \"{}\" what it has to take ({})", cell.field, rule)
                    : words::declared_text(cell).empty()
                        ? fmt::format("the page does not declare of \"{}\": {}", cell.field, rule)
                        : fmt::format("what the page declares of \"{}\" has no effect ({})", cell.field,
                                      words::declared_text(cell));
    return suspect;
  }
  if (cell.column == Standing::stricter && (cell.server == Standing::enforced || cell.server == Standing::none)) {
    suspect.layer = Layer::database;
    suspect.also = Layer::model;
    suspect.cause = fmt::format("{} is stricter than \"{}\" may be ({})", column, cell.field, rule);
    return suspect;
  }
  switch (cell.server) {
  case Standing::misplaced:
    suspect.layer = Layer::view;
    suspect.confidence = Confidence::high;
    suspect.cause = fmt::format("the error about \"{}\" is at another field", cell.field);
    return suspect;
  case Standing::silent:
    suspect.layer = Layer::view;
    suspect.also = Layer::controller;
    suspect.cause = fmt::format("the server refuses \"{}\" and the page does not say why", cell.field);
    return suspect;
  case Standing::error:
    if (has_to_be_taken(cell)) {
      suspect.layer = Layer::database;
      if (cell.column == Standing::stricter) suspect.confidence = Confidence::high;
      suspect.cause =
          cell.column == Standing::stricter
              ? fmt::format("{} does not hold what \"{}\" may take ({})", column, cell.field, rule)
              : fmt::format("the column behind \"{}\" does not hold what the form may take ({})", cell.field, rule);
    } else {
      suspect.layer = Layer::model;
      suspect.cause =
          fmt::format("the server does not check \"{}\" ({}), and fails over what it let through", cell.field, rule);
    }
    return suspect;
  case Standing::stricter:
    suspect.layer = Layer::model;
    suspect.cause = fmt::format("the server refuses at \"{}\" what it has to take ({})", cell.field, rule);
    return suspect;
  case Standing::missing:
    suspect.layer = Layer::model;
    suspect.cause = fmt::format("the server does not check \"{}\": {}", cell.field, rule);
    return suspect;
  case Standing::looser:
    suspect.layer = Layer::model;
    suspect.cause = fmt::format("the server takes at \"{}\" what it has to refuse ({})", cell.field, rule);
    return suspect;
  default: return suspect;
  }
}

} // namespace

std::optional<Hypothesis> hypothesis_by_rules(const Evidence& evidence) {
  if (!evidence.of_step || evidence.of_step->broken.empty()) return std::nullopt;
  const auto& broken = evidence.of_step->broken;
  Hypothesis hypothesis;
  hypothesis.kind = "rule";
  hypothesis.suspect = suspect_for(broken.front());
  if (hypothesis.suspect.layer == Layer::unknown) return std::nullopt;
  // An error of the database names the column; it does not tell whose part it was to refuse the value.
  // Where no column is known, the error of the database says more.
  const bool guessed = broken.front().server == Standing::error && hypothesis.suspect.layer == Layer::database &&
                       broken.front().column != Standing::stricter;
  hypothesis.weight = guessed ? 2 : 6;
  if (broken.size() > 1)
    hypothesis.suspect.cause +=
        fmt::format("; {} more {} not hold", broken.size() - 1, broken.size() == 2 ? "rule does" : "rules do");
  hypothesis.suspect.evidence.push_back(
      {record::EvidenceSource::validation, one_line(fmt::format("{}, {}: {}", broken.front().field, broken.front().rule,
                                                                words::reply_text(broken.front())))});
  return hypothesis;
}

} // namespace murphy::diagnose
