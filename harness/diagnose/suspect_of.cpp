#include "diagnose/suspect_of.h"

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

} // namespace murphy::diagnose
