// Characters of a secret in clear, for as short a time as they are needed: wiped when they are given back.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace murphy {

// Overwrites every byte the string holds or once held in its buffer, and leaves it empty.
void wipe(std::string& text);

// A byte string that can be moved but not copied, printed or compared. Every buffer it ever had is wiped, and so are
// the registers when it is cleared or dies.
class ClearText {
public:
  ClearText() = default;
  explicit ClearText(std::string_view characters) { append(characters); }
  explicit ClearText(const char* characters) : ClearText(std::string_view(characters)) {}
  // Takes the characters over and wipes the string it was given.
  ClearText(std::string&& characters); // NOLINT(google-explicit-constructor)
  ~ClearText() { clear(); }
  ClearText(ClearText&& other) noexcept;
  ClearText& operator=(ClearText&& other) noexcept;
  ClearText(const ClearText&) = delete;
  ClearText& operator=(const ClearText&) = delete;

  // Makes room for so many characters altogether.
  void reserve(std::size_t size);
  void append(std::string_view more);
  void push_back(char c) { append({&c, 1}); }
  void clear();

  // The characters; they hold until this text changes or dies. A copy of them is nobody's to wipe.
  std::string_view view() const { return characters_; }
  char* data() { return characters_.data(); } // ends in a NUL character
  std::size_t size() const { return characters_.size(); }
  bool empty() const { return characters_.empty(); }

private:
  std::string characters_;
};

// A text that is read like any other and may be a secret, as long as nobody knows: it is wiped when it dies. Texts that
// are copied from it are not.
class WipedText : public std::string {
public:
  using std::string::string;
  using std::string::operator=;
  WipedText() = default;
  WipedText(const WipedText&) = default;
  WipedText& operator=(const WipedText&) = default;
  WipedText(WipedText&& other) noexcept : std::string(std::move(other)) { wipe(other); }
  WipedText& operator=(WipedText&& other) noexcept {
    swap(other);
    return *this;
  }
  ~WipedText() { wipe(*this); }
};

} // namespace murphy
