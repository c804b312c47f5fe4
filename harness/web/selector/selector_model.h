// A selector as a value, as the parser leaves it and the matcher reads it.
#pragma once

#include "web/selector/selector.h"

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

namespace murphy::web {

struct TypeSelector {
  std::string tag; // lower case
};
struct IdSelector {
  std::string id;
};
struct ClassSelector {
  std::string name;
};
struct AttributeSelector {
  enum class Operator { present, equals, includes, dash, prefix, suffix, substring };
  std::string name; // lower case
  Operator operation = Operator::present;
  std::string value;
  bool ignore_case = false;
};
// The a·n+b-th sibling, n = 0, 1, …
struct NthSelector {
  std::int64_t a = 0;
  std::int64_t b = 0;
  bool from_end = false;
  bool of_type = false;
};
// The only child, or the only one of its type.
struct OnlySelector {
  bool of_type = false;
};
enum class State { root, empty, checked, disabled, enabled, link };
struct LangSelector {
  std::string range; // lower case
};
struct HasTextSelector {
  std::string words; // collapsed, case folded
};
struct Compound;
struct NotSelector {
  std::vector<Compound> compounds;
};

using SimpleSelector = std::variant<TypeSelector, IdSelector, ClassSelector, AttributeSelector, NthSelector,
                                    OnlySelector, State, LangSelector, HasTextSelector, NotSelector>;

// Simple selectors that one element must all match; none of them is "*".
struct Compound {
  std::vector<SimpleSelector> parts;
};

enum class Combinator { descendant, child, next_sibling, subsequent_sibling };

// compounds[i] stands to the left of combinators[i], which stands to the left of compounds[i + 1].
struct Complex {
  std::vector<Compound> compounds;
  std::vector<Combinator> combinators;
};

struct Selector::List {
  std::vector<Complex> selectors;
};

// Errors: see Selector::parse.
Result<Selector::List> parse_selector(std::string_view source);

} // namespace murphy::web
