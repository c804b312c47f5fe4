#include "record/suspect.h"

#include <array>

namespace murphy::record {

std::string_view name_of(Layer layer) {
  constexpr std::array<std::string_view, 9> names = {"unknown", "view",   "controller", "model",  "database",
                                                     "session", "config", "network",    "harness"};
  static_assert(names.size() == static_cast<std::size_t>(Layer::harness) + 1);
  return names[static_cast<std::size_t>(layer)];
}

Layer layer_named(std::string_view name) {
  for (int layer = 0; layer <= static_cast<int>(Layer::harness); ++layer)
    if (name_of(static_cast<Layer>(layer)) == name) return static_cast<Layer>(layer);
  return Layer::unknown;
}

std::string_view name_of(Confidence confidence) {
  constexpr std::array<std::string_view, 4> names = {"guess", "low", "medium", "high"};
  static_assert(names.size() == static_cast<std::size_t>(Confidence::high) + 1);
  return names[static_cast<std::size_t>(confidence)];
}

std::string described(const Suspect& suspect) {
  const auto spoken = [](Layer layer) {
    if (layer == Layer::config) return std::string("the configuration");
    return "the " + std::string(layer == Layer::harness ? "scenario" : name_of(layer));
  };
  const std::string also = suspect.also == Layer::unknown ? "" : " or " + spoken(suspect.also);
  return spoken(suspect.layer) + also + " — " + suspect.cause;
}

std::string headline(const Suspect& suspect) {
  if (suspect.layer == Layer::unknown) return "No likely cause: the evidence does not show one";
  if (suspect.confidence == Confidence::guess) return "No likely cause: the evidence does not speak for one layer";
  return (suspect.confidence == Confidence::low ? "Perhaps: " : "Likely cause: ") + described(suspect);
}

} // namespace murphy::record
