// A text that many hold and nobody changes: the name of a file beside each place in it.
#pragma once

#include <fmt/format.h>
#include <memory>
#include <string>
#include <string_view>

namespace murphy {

// Copies share the characters, also over threads, as with a shared_ptr. The empty text takes no memory of its own.
class SharedText {
public:
  SharedText() = default;
  // As a string becomes a view: whatever takes a text takes any kind of one.
  SharedText(std::string text) { // NOLINT(google-explicit-constructor)
    if (!text.empty()) text_ = std::make_shared<const std::string>(std::move(text));
  }
  SharedText(std::string_view text) : SharedText(std::string(text)) {} // NOLINT(google-explicit-constructor)
  SharedText(const char* text) : SharedText(std::string(text)) {}      // NOLINT(google-explicit-constructor)

  const std::string& str() const {
    static const std::string none;
    return text_ ? *text_ : none;
  }
  operator const std::string&() const { return str(); } // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return str(); }   // NOLINT(google-explicit-constructor)
  bool empty() const { return !text_; }

  friend bool operator==(const SharedText& left, const SharedText& right) {
    return left.text_ == right.text_ || left.str() == right.str();
  }
  friend auto operator<=>(const SharedText& left, const SharedText& right) { return left.str() <=> right.str(); }

private:
  std::shared_ptr<const std::string> text_; // none: empty
};

} // namespace murphy

template <> struct fmt::formatter<murphy::SharedText> : fmt::formatter<std::string_view> {
  template <class Context> auto format(const murphy::SharedText& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.str(), context);
  }
};
