#include "run/diagnoser.h"

#include "diagnose/diagnose.h"
#include "diagnose/evidence_of_start.h"
#include "diagnose/evidence_of_step.h"
#include "record/bounds.h"

#include <chrono>
#include <utility>

namespace murphy::run {

void Diagnoser::gather() {
  record::EvidenceGathered all;
  all.at = std::chrono::system_clock::now();
  if (const auto& schema = database_.schema()) {
    if (*schema)
      all.schema = **schema;
    else
      all.database_note = schema->error().what;
  }
  if (settings_.known_good != nullptr) all.known_good = *settings_.known_good;
  all.signatures = settings_.signatures;
  all.migrations = database_.migrations();
  gathered_ = std::get<record::EvidenceGathered>(settings_.mask(std::move(all)));
  record::keep_within_bounds(gathered_);
  if (!gathered_.signatures.empty()) {
    if (auto compiled = diagnose::Signatures::with(gathered_.signatures)) own_ = std::move(*compiled);
  }
  emit_(gathered_);
}

std::vector<record::Suspect> Diagnoser::suspects(std::span<const record::StepResult> steps, const std::string& id) {
  // What a scenario asks and Murphy cannot do or see is no fault of the app.
  const auto is_last = [&](ErrorKind kind) {
    return !steps.empty() && steps.back().error && steps.back().error->kind == kind;
  };
  if (is_last(ErrorKind::usage) || is_last(ErrorKind::unseen)) return {};
  std::call_once(once_, [this] { gather(); });
  std::vector<record::StepResult> written;
  for (const record::StepResult& step : steps)
    written.push_back(std::get<record::StepFinished>(settings_.mask(record::StepFinished{id, step})).step);
  return judged(diagnose::evidence_of(written, id, gathered_));
}

record::TargetLost Diagnoser::explained(record::TargetLost lost) {
  if (lost.console.empty() && lost.exchanges.empty()) return lost;
  std::call_once(once_, [this] { gather(); });
  const auto written = std::get<record::TargetLost>(settings_.mask(lost));
  lost.suspects = judged(diagnose::evidence_of(written, gathered_));
  return lost;
}

std::vector<record::Suspect> Diagnoser::judged(const diagnose::Evidence& evidence) const {
  const diagnose::Signatures& signatures = own_ ? *own_ : diagnose::Signatures::built_in();
  auto suspects = diagnose::diagnose(evidence, signatures).suspects;
  if (evidence.migrations && settings_.find_in_migrations) {
    // Which names matter is known only now.
    diagnose::Evidence with_names = evidence;
    for (const record::Suspect& each : suspects)
      for (const std::string& name : {each.identifier, each.suggestion})
        if (!name.empty()) with_names.named_in[name] = settings_.find_in_migrations(name);
    suspects = diagnose::diagnose(with_names, signatures).suspects;
  }
  if (settings_.find_in_code)
    for (record::Suspect& each : suspects)
      if (!each.wrong_name.empty()) each.places = settings_.find_in_code(each.wrong_name);
  return suspects;
}

} // namespace murphy::run
