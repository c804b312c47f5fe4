// What the copies of harness/diagnose that mutants.py makes ask for each of their layers.
#pragma once

#include "record/suspect.h"

#include <cstdlib>

namespace murphy::mutation {

// The layer, or another one where MURPHY_MUTANT is its number.
inline record::Layer layer(int number, record::Layer usual) {
  static const int flipped = [] {
    const char* asked = std::getenv("MURPHY_MUTANT");
    return asked == nullptr ? 0 : std::atoi(asked);
  }();
  if (number != flipped) return usual;
  // What is unknown could be the layer beside it again, which says no more: that would be no other verdict.
  if (usual == record::Layer::unknown) return record::Layer::network;
  return usual == record::Layer::view ? record::Layer::controller : record::Layer::view;
}

} // namespace murphy::mutation
