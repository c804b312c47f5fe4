// Alternatives that are copied, moved and destroyed by code that is compiled once.
#pragma once

#include <type_traits>
#include <utility>
#include <variant>

namespace murphy {

// A std::variant for large models. The standard one has every source that holds one compile a table of functions for
// each way to copy, assign and destroy it: over a second of the compiler's time for a dozen alternatives. A source that
// includes compiled_variant_members.h compiles this one for all, by `template class CompiledVariant<...>;`.
template <class Variant> class CompiledVariant;
template <class... Alternatives>
class CompiledVariant<std::variant<Alternatives...>> : public std::variant<Alternatives...> {
  static_assert((std::is_nothrow_move_constructible_v<Alternatives> && ...));
  static_assert((std::is_nothrow_move_assignable_v<Alternatives> && ...));

public:
  using Variant = std::variant<Alternatives...>;
  using Variant::Variant;
  CompiledVariant();
  CompiledVariant(const CompiledVariant& other);
  CompiledVariant(CompiledVariant&& other) noexcept;
  CompiledVariant& operator=(const CompiledVariant& other);
  CompiledVariant& operator=(CompiledVariant&& other) noexcept;
  ~CompiledVariant();
};

} // namespace murphy
