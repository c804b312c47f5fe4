// The members of CompiledVariant, for the one source that compiles them.
#pragma once

#include "base/compiled_variant.h"

namespace murphy {

template <class... All> CompiledVariant<std::variant<All...>>::CompiledVariant() = default;
template <class... All> CompiledVariant<std::variant<All...>>::CompiledVariant(const CompiledVariant& other) = default;
template <class... All>
CompiledVariant<std::variant<All...>>::CompiledVariant(CompiledVariant&& other) noexcept = default;
template <class... All>
CompiledVariant<std::variant<All...>>&
CompiledVariant<std::variant<All...>>::operator=(const CompiledVariant& other) = default;
template <class... All>
CompiledVariant<std::variant<All...>>&
CompiledVariant<std::variant<All...>>::operator=(CompiledVariant&& other) noexcept = default;
template <class... All> CompiledVariant<std::variant<All...>>::~CompiledVariant() = default;

} // namespace murphy
