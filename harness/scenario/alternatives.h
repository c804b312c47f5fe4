// Ties the rows of a table to the alternatives of a CompiledVariant, so that an alternative without a row does not
// compile.
#pragma once

#include "base/compiled_variant.h"

#include <array>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

namespace murphy::scenario {

template <class Variant, class Alternative> struct IndexOf;
template <class... All, class Alternative> struct IndexOf<CompiledVariant<std::variant<All...>>, Alternative> {
  static constexpr std::size_t value = [] {
    constexpr bool same[] = {std::is_same_v<All, Alternative>...};
    std::size_t index = 0;
    while (index < sizeof...(All) && !same[index]) ++index;
    return index;
  }();
  static_assert(value < sizeof...(All), "the reader gives a type that is no alternative of the variant");
};

// A function that reads one alternative, or nothing when that fails, as one that gives the variant: `index` says which
// alternative it is, `read` is what a row keeps.
template <class Variant, auto reader> struct ReadAs;
template <class Variant, class Alternative, class... Arguments, std::optional<Alternative> (*reader)(Arguments...)>
struct ReadAs<Variant, reader> {
  static constexpr std::size_t index = IndexOf<Variant, Alternative>::value;
  static std::optional<Variant> read(Arguments... arguments) {
    std::optional<Alternative> made = reader(std::forward<Arguments>(arguments)...);
    if (!made) return std::nullopt;
    return Variant(std::move(*made));
  }
};

// Whether a row has its reader. The undefined behaviour sanitizer leaves no comparison of a function's address constant
// (GCC bug 71962): builds with it leave the question to all others.
template <class Read> consteval bool has_reader([[maybe_unused]] Read read) {
#ifdef __SANITIZE_ADDRESS__
  return true;
#else
  return read != nullptr;
#endif
}

// For static_assert. Rows have `key`, `example`, `read`; where they make a variant, `alternative` is the index in it.
template <class Row, std::size_t n> consteval bool are_whole(const std::array<Row, n>& rows) {
  for (std::size_t i = 0; i < n; ++i) {
    if (rows[i].key.empty() || rows[i].example.empty() || !has_reader(rows[i].read)) return false;
    for (std::size_t j = 0; j < i; ++j) {
      if (rows[i].key == rows[j].key) return false;
    }
  }
  return true;
}

template <class Row, std::size_t n>
consteval std::size_t rows_of(std::size_t alternative, const std::array<Row, n>& rows) {
  std::size_t count = 0;
  for (const Row& row : rows) count += row.alternative == alternative ? 1 : 0;
  return count;
}

template <class Variant, class Row, std::size_t n> consteval bool each_has_a_row(const std::array<Row, n>& rows) {
  for (std::size_t i = 0; i < std::variant_size_v<typename Variant::Variant>; ++i) {
    if (rows_of(i, rows) == 0) return false;
  }
  return true;
}

template <class Variant, class Row, std::size_t n> consteval bool each_has_one_row(const std::array<Row, n>& rows) {
  return each_has_a_row<Variant>(rows) && n == std::variant_size_v<typename Variant::Variant>;
}

} // namespace murphy::scenario
