#include "web/pattern.h"

#include <utility>

namespace murphy::web {

struct Pattern::Compiled {};

Pattern::Pattern(std::string source, std::string doubt, std::unique_ptr<const Compiled> compiled)
    : source_(std::move(source)), doubt_(std::move(doubt)), compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;

std::expected<std::shared_ptr<const Pattern>, PatternRefusal> Pattern::read(std::string_view source) {
  return std::shared_ptr<const Pattern>(new Pattern(std::string(source), "Murphy does not read patterns yet", nullptr));
}

Answer Pattern::matches(std::string_view, std::string* doubt) const {
  if (doubt != nullptr) *doubt = doubt_;
  return Answer::unknown;
}

} // namespace murphy::web
