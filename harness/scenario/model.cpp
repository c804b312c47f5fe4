#include "scenario/model.h"

#include "base/compiled_variant_members.h"

#include <algorithm>

template class murphy::CompiledVariant<murphy::scenario::Verb::Variant>;
template class murphy::CompiledVariant<murphy::scenario::Expectation::Is::Variant>;
template class murphy::CompiledVariant<murphy::scenario::Capture::From::Variant>;

namespace murphy::scenario {

std::vector<Text::Part> Text::parts() const {
  if (!split->empty() || source.empty()) return *split;
  return {Part::literal(source)};
}

bool Text::is_literal() const {
  return std::ranges::none_of(*split, [](const Part& part) { return part.reference; });
}

const AppFlow* App::way_of(const SignIn& wanted) const {
  if (wanted.by.empty()) return sign_in ? &*sign_in : nullptr;
  const auto found = sign_in_by.find(wanted.by);
  return found == sign_in_by.end() ? nullptr : &found->second;
}

} // namespace murphy::scenario
