// What a page's scripts submit while it loads, by their text.
#pragma once

#include "web/forms/form.h"
#include "web/html/document.h"
#include "web/load_time/load_time_tokens.h"

#include <cstddef>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// Follows the statements that run while the page loads, through the functions they call.
class LoadTimeScript {
public:
  LoadTimeScript(const Forms& forms, const Document& document) : forms_(forms), document_(document) {}

  // The scripts of the page in order; later ones see the functions and variables of earlier ones. Gives the first form
  // submitted, or null.
  const Form* run(std::string_view source);

private:
  struct Script {
    std::vector<ScriptToken> tokens;
    std::vector<std::size_t> partner; // of a bracket: the index of the other one; the size where it has none
  };
  // Tokens from `begin` up to `end` of a script.
  struct Range {
    const Script* script = nullptr;
    std::size_t begin = 0;
    std::size_t end = 0;
    const ScriptToken& operator[](std::size_t index) const; // an empty sign outside of the range
  };

  Range read(std::string_view source);
  void collect_definitions(Range code);
  std::size_t partner(Range code, std::size_t bracket) const;
  std::size_t behind_statement(Range code, std::size_t begin) const;
  std::size_t behind_expression(Range code, std::size_t begin) const;
  Range body_of(Range code, std::size_t function) const;

  const Form* follow(Range code, int depth);
  const Form* follow_named(const std::string& name, int depth);
  bool runs_at_load(Range code, std::size_t begin, std::size_t behind) const;
  bool fires_soon(Range code, std::size_t behind) const;

  const Form* submission(Range code, std::size_t dot) const;
  Element evaluate(Range expression, int depth) const;
  Element evaluate_document(Range expression, std::size_t& position) const;
  Element evaluate_member(Element element, Range expression, std::size_t& position) const;

  const Forms& forms_;
  const Document& document_;
  std::vector<std::unique_ptr<const Script>> scripts_;
  std::map<std::string, Range> functions_; // name → body
  std::map<std::string, Range> variables_; // name → the expression assigned last
  std::size_t steps_ = 0;
};

} // namespace murphy::web
