// `--tag "smoke and not (slow or writes)"`.
#pragma once

#include "base/error.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::run {

// Tags joined by `and`, `or`, `not` and parentheses; `not` binds closest, then `and`. Copies share their parts.
class TagExpression {
public:
  // Errors: usage, saying at which character it cannot be read.
  static Result<TagExpression> parse(std::string_view text);
  bool holds(const std::vector<std::string>& tags) const;

  struct Mention {
    std::string tag;
    bool negated = false; // below an odd number of `not`
  };
  // The tags it names, in order.
  std::vector<Mention> mentions() const;

  struct Node;

private:
  explicit TagExpression(std::shared_ptr<const Node> root) : root_(std::move(root)) {}
  std::shared_ptr<const Node> root_;
};

} // namespace murphy::run
