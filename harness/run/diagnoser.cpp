#include "run/diagnoser.h"

#include "diagnose/against_record.h"
#include "diagnose/diagnose.h"
#include "diagnose/evidence_of_step.h"

namespace murphy::run {

std::vector<record::Suspect> Diagnoser::suspects(std::span<const record::StepResult> steps, const std::string& id,
                                                 const diagnose::Probes& probes) {
  const auto& schema = database_.schema();
  diagnose::Evidence evidence = diagnose::evidence_of(steps, id);
  if (schema && *schema) evidence.schema = **schema;
  evidence.probes = probes;
  if (known_ != nullptr) diagnose::hold_against(evidence, steps, *known_);
  const diagnose::Signatures& signatures = signatures_ != nullptr ? *signatures_ : diagnose::Signatures::built_in();
  std::vector<record::Suspect> suspects = diagnose::diagnose(evidence, signatures).suspects;
  // Whoever named the database wants to know that it could not help.
  if (schema && !*schema && !suspects.empty()) suspects.front().evidence.push_back({"schema", schema->error().what});
  return suspects;
}

} // namespace murphy::run
