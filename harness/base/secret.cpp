#include "base/secret.h"

#include <utility>

namespace murphy {

Secret::Secret(SealedText characters, std::string label, std::string outline)
    : characters_(std::move(characters)), label_(std::move(label)), outline_(std::move(outline)) {
  if (outline_.empty()) outline_ = mask();
}

std::string Secret::mask() const {
  if (!label_.contains("${")) return "‹" + label_ + "›";
  std::string mask;
  int depth = 0; // of braces: ${base64:${ada.email}:${ada.password}} is one
  for (std::size_t at = 0; at < label_.size(); ++at) {
    const bool opens = label_.compare(at, 2, "${") == 0;
    if (opens && depth++ == 0) {
      mask += "‹";
      ++at;
    } else if (depth > 0 && label_[at] == '}' && --depth == 0) {
      mask += "›";
    } else {
      mask += label_[at];
    }
  }
  return depth == 0 ? mask : "‹" + label_ + "›";
}

ClearText reveal(const Value& value) { return value.is_secret() ? value.secret()->reveal() : ClearText(value.text()); }

Value with_text(const Value& value, const ClearText& text) {
  if (!value.is_secret()) return Value(std::string(text.view()));
  return Value(std::make_shared<const Secret>(text, value.secret()->label()));
}

} // namespace murphy
