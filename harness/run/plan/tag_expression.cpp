#include "run/plan/tag_expression.h"

#include "base/make_error.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::run {

struct TagExpression::Node {
  enum class Kind { tag, not_, and_, or_ };
  Kind kind = Kind::tag;
  std::string tag;
  std::shared_ptr<const Node> left, right;
};

namespace {

using Node = TagExpression::Node;
using Parsed = Result<std::shared_ptr<const Node>>;

// or := and ("or" and)*   and := not ("and" not)*   not := "not" not | "(" or ")" | tag
class Parser {
public:
  explicit Parser(std::string_view text) : text_(text) { advance(); }

  Parsed parse() {
    auto whole = disjunction();
    if (whole && !word_.empty()) return refuse(fmt::format("“{}” is not expected here", word_));
    return whole;
  }

private:
  void advance() {
    while (end_ < text_.size() && text_[end_] == ' ') ++end_;
    start_ = end_;
    if (end_ < text_.size() && (text_[end_] == '(' || text_[end_] == ')'))
      ++end_;
    else
      while (end_ < text_.size() && text_[end_] != ' ' && text_[end_] != '(' && text_[end_] != ')') ++end_;
    word_ = text_.substr(start_, end_ - start_);
  }

  Parsed refuse(std::string what) const {
    return std::unexpected(
        usage_error(fmt::format("--tag \"{}\" cannot be read at character {}: {}", text_, start_ + 1, what),
                    "write tags joined by and, or, not and parentheses: --tag \"smoke and not slow\""));
  }

  Parsed disjunction() {
    return chain("or", Node::Kind::or_, [this] { return conjunction(); });
  }
  Parsed conjunction() {
    return chain("and", Node::Kind::and_, [this] { return negation(); });
  }

  template <class Part> Parsed chain(std::string_view joint, Node::Kind kind, Part part) {
    auto left = part();
    while (left && word_ == joint) {
      advance();
      auto right = part();
      if (!right) return right;
      left = std::make_shared<const Node>(Node{kind, {}, *left, *right});
    }
    return left;
  }

  Parsed negation() {
    if (word_ == "not") {
      if (++depth_ > most_depth) return refuse("nested too deep");
      advance();
      auto inner = negation();
      --depth_;
      if (!inner) return inner;
      return std::make_shared<const Node>(Node{Node::Kind::not_, {}, *inner, nullptr});
    }
    if (word_ == "(") {
      if (++depth_ > most_depth) return refuse("nested too deep");
      advance();
      auto inner = disjunction();
      --depth_;
      if (!inner) return inner;
      if (word_ != ")") return refuse("a parenthesis is not closed");
      advance();
      return inner;
    }
    if (word_.empty()) return refuse("a tag is missing");
    if (word_ == "and" || word_ == "or" || word_ == ")")
      return refuse(fmt::format("a tag is missing before “{}”", word_));
    auto tag = std::make_shared<const Node>(Node{Node::Kind::tag, std::string(word_), nullptr, nullptr});
    advance();
    return tag;
  }

  static constexpr int most_depth = 100;
  std::string_view text_;
  std::string_view word_; // the next one; empty at the end
  std::size_t start_ = 0;
  std::size_t end_ = 0;
  int depth_ = 0;
};

bool holds(const Node& node, const std::vector<std::string>& tags) {
  switch (node.kind) {
  case Node::Kind::tag: return std::ranges::find(tags, node.tag) != tags.end();
  case Node::Kind::not_: return !holds(*node.left, tags);
  case Node::Kind::and_: return holds(*node.left, tags) && holds(*node.right, tags);
  case Node::Kind::or_: return holds(*node.left, tags) || holds(*node.right, tags);
  }
  return false;
}

// `negations`: how many `not` are above.
void collect(const Node& node, int negations, std::vector<TagExpression::Mention>& mentions) {
  if (node.kind == Node::Kind::tag) mentions.push_back({.tag = node.tag, .negated = negations % 2 == 1});
  if (node.left) collect(*node.left, negations + (node.kind == Node::Kind::not_ ? 1 : 0), mentions);
  if (node.right) collect(*node.right, negations, mentions);
}

} // namespace

Result<TagExpression> TagExpression::parse(std::string_view text) {
  auto root = Parser(text).parse();
  if (!root) return std::unexpected(root.error());
  return TagExpression(std::move(*root));
}

std::vector<TagExpression::Mention> TagExpression::mentions() const {
  std::vector<Mention> all;
  collect(*root_, 0, all);
  return all;
}

bool TagExpression::holds(const std::vector<std::string>& tags) const { return run::holds(*root_, tags); }

} // namespace murphy::run
