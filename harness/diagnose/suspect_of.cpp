#include "diagnose/suspect_of.h"

#include <fmt/format.h>
#include <utility>

namespace murphy::diagnose {

record::Suspect suspect_of(record::Layer layer, record::Layer also, record::Confidence confidence, std::string cause,
                           std::string identifier) {
  record::Suspect suspect;
  suspect.layer = layer;
  suspect.also = also;
  suspect.confidence = confidence;
  suspect.cause = std::move(cause);
  suspect.identifier = std::move(identifier);
  return suspect;
}

std::string subject_of_cookie(std::string_view name, std::string_view attribute) {
  return fmt::format("cookie {} {}", name, attribute);
}

std::string subject_of_missing_field(std::string_view name) { return fmt::format("missing field {}", name); }

} // namespace murphy::diagnose
