// CSS selectors, Level 3 in full (https://www.w3.org/TR/selectors-3/), with `:not()` of a list, the `i` and `s` flags
// of Level 4, and `:has-text("words")`: the element's rendered text contains the words, white space collapsed, case
// folded.
#pragma once

#include "base/error.h"
#include "web/html/document.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

class Selector {
public:
  // Errors: usage; `what` says what cannot be read and at which character, `hint` what to write instead (the nearest
  // known pseudo-class). Pseudo-elements and namespaces are refused by name.
  static Result<Selector> parse(std::string_view source);

  const std::string& source() const { return source_; }
  bool matches(Element element) const;
  // Every element of the document it matches, in document order.
  std::vector<Element> select(const Document& document) const;

  struct List; // the parsed selector; see selector_model.h

private:
  Selector(std::string source, std::shared_ptr<const List> list) : source_(std::move(source)), list_(std::move(list)) {}
  std::string source_;
  std::shared_ptr<const List> list_;
};

} // namespace murphy::web
