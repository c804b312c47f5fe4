// A text that many hold and nobody changes: the name of a file beside each place in it.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <fmt/format.h>
#include <string>
#include <string_view>
#include <utility>

namespace murphy {

// Copies share the characters, also over threads, as with a shared_ptr. It takes the room of one pointer, and the empty
// text no memory of its own.
class SharedText {
public:
  SharedText() = default;
  // As a string becomes a view: whatever takes a text takes any kind of one.
  SharedText(std::string text) { // NOLINT(google-explicit-constructor)
    if (!text.empty()) counted_ = new Counted(std::move(text));
  }
  SharedText(std::string_view text) : SharedText(std::string(text)) {} // NOLINT(google-explicit-constructor)
  SharedText(const char* text) : SharedText(std::string(text)) {}      // NOLINT(google-explicit-constructor)

  const std::string& str() const {
    static const std::string none;
    return counted_ ? counted_->text : none;
  }
  operator const std::string&() const { return str(); } // NOLINT(google-explicit-constructor)
  operator std::string_view() const { return str(); }   // NOLINT(google-explicit-constructor)
  bool empty() const { return !counted_; }

  friend bool operator==(const SharedText& left, const SharedText& right) {
    return left.counted_ == right.counted_ || left.str() == right.str();
  }
  friend auto operator<=>(const SharedText& left, const SharedText& right) { return left.str() <=> right.str(); }

private:
  struct Counted : boost::intrusive_ref_counter<Counted, boost::thread_safe_counter> {
    explicit Counted(std::string words) : text(std::move(words)) {}
    const std::string text;
  };
  boost::intrusive_ptr<const Counted> counted_; // none: empty
};

} // namespace murphy

template <> struct fmt::formatter<murphy::SharedText> : fmt::formatter<std::string_view> {
  template <class Context> auto format(const murphy::SharedText& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.str(), context);
  }
};
