// A text that many hold and nobody changes: the name of a file beside each place in it.
#pragma once

#include <algorithm>
#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <fmt/format.h>
#include <new>
#include <string>
#include <string_view>

namespace murphy {

// Copies share the characters, also over threads, as with a shared_ptr. It takes the room of one pointer, and beside
// its characters eight bytes for all copies; the empty text no memory of its own. Up to 4 GiB.
class SharedText {
public:
  SharedText() = default;
  // As a string becomes a view: whatever takes a text takes any kind of one.
  SharedText(std::string_view text) { // NOLINT(google-explicit-constructor)
    if (!text.empty()) counted_ = Counted::of(text);
  }
  SharedText(const std::string& text) : SharedText(std::string_view(text)) {} // NOLINT(google-explicit-constructor)
  SharedText(const char* text) : SharedText(std::string_view(text)) {}        // NOLINT(google-explicit-constructor)

  // Looks into the characters, which are there as long as some copy is.
  std::string_view view() const { return counted_ ? counted_->text() : std::string_view(); }
  std::string str() const { return std::string(view()); }
  operator std::string_view() const { return view(); } // NOLINT(google-explicit-constructor)
  operator std::string() const { return str(); }       // NOLINT(google-explicit-constructor)
  bool empty() const { return !counted_; }
  std::size_t size() const { return view().size(); }

  friend bool operator==(const SharedText& left, std::string_view right) { return left.view() == right; }
  friend auto operator<=>(const SharedText& left, std::string_view right) { return left.view() <=> right; }
  template <std::same_as<SharedText> Other> friend bool operator==(const SharedText& left, const Other& right) {
    return left.counted_ == right.counted_ || left.view() == right.view();
  }
  template <std::same_as<SharedText> Other> friend auto operator<=>(const SharedText& left, const Other& right) {
    return left.view() <=> right.view();
  }

private:
  // The characters stand behind it, in the same piece of memory.
  struct Counted : boost::intrusive_ref_counter<Counted, boost::thread_safe_counter> {
    static Counted* of(std::string_view text) {
      void* const memory = ::operator new(sizeof(Counted) + text.size());
      auto* const counted = ::new (memory) Counted;
      counted->length = static_cast<std::uint32_t>(text.size());
      std::ranges::copy(text, reinterpret_cast<char*>(counted + 1));
      return counted;
    }
    static void operator delete(void* memory) { ::operator delete(memory); }
    std::string_view text() const { return {reinterpret_cast<const char*>(this + 1), length}; }

    std::uint32_t length = 0;
  };
  boost::intrusive_ptr<const Counted> counted_; // none: empty
};

} // namespace murphy

template <> struct fmt::formatter<murphy::SharedText> : fmt::formatter<std::string_view> {
  template <class Context> auto format(const murphy::SharedText& text, Context& context) const {
    return fmt::formatter<std::string_view>::format(text.view(), context);
  }
};
