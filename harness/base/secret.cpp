#include "base/secret.h"

#include <utility>

namespace murphy {

Secret::Secret(SealedText characters, std::string label, std::string outline)
    : characters_(std::move(characters)), label_(std::move(label)), outline_(std::move(outline)) {
  if (outline_.empty()) outline_ = mask();
}

ClearText reveal(const Value& value) { return value.is_secret() ? value.secret()->reveal() : ClearText(value.text()); }

Value with_text(const Value& value, const ClearText& text) {
  if (!value.is_secret()) return Value(std::string(text.view()));
  return Value(std::make_shared<const Secret>(text, value.secret()->label()));
}

} // namespace murphy
