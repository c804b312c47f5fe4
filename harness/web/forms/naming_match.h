// The one rule by which words pick from candidates: first whole, then as whole words inside, then anywhere inside; at
// each of these steps the ranks of names in their order.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// One thing that can be named. `ranks[0]` are its best names (label), the next ones its lesser ones (name, id, …).
struct Candidate {
  std::vector<std::vector<std::string>> ranks;
  bool visible = true;
};

// How much of a name the words have to be.
enum class Precision { any, whole };

// The indices of the candidates that go by these words, all in one step and rank. Where several do and some of them can
// be seen, only those. Empty when there are none.
std::vector<std::size_t> named(const std::vector<Candidate>& candidates, std::string_view words,
                               Precision precision = Precision::any);

// Words that say themselves what they are: "name:…", "id:…", or a CSS selector.
struct ExplicitName {
  enum class Kind { none, name, id, selector };
  Kind kind = Kind::none;
  std::string_view rest; // behind the colon; the whole selector
};
ExplicitName explicit_name(std::string_view words);

} // namespace murphy::web
