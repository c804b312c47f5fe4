// Text as it lies in memory while nobody needs it: every byte combined with one of a random pad that this process drew,
// so that neither a core dump nor a swapped page holds it in clear. It keeps chance finders out, not those who take the
// dump apart: the pad is in it too.
#pragma once

#include "base/clear_text.h"

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace murphy {

class SealedText {
public:
  // What the byte at a place is combined with: the pad repeats. Every byte of it differs from 0, so that none stays as
  // it is.
  class Pad {
  public:
    unsigned char operator[](std::size_t place) const { return bytes_[place % bytes_.size()]; }
    char seal(char c, std::size_t place) const {
      return static_cast<char>(static_cast<unsigned char>(c) ^ (*this)[place]);
    }

  private:
    friend class SealedText;
    Pad(); // terminates when the system gives no random numbers
    std::array<unsigned char, 256> bytes_{};
  };
  static const Pad& pad();

  SealedText() = default;
  explicit SealedText(std::string_view clear) { append(clear); }

  void append(std::string_view clear);
  void append(const SealedText& more);

  std::size_t size() const { return sealed_.size(); }
  bool empty() const { return sealed_.empty(); }

  // The bytes as they lie in memory. Texts that begin alike are sealed alike as far as that goes.
  const std::string& sealed() const { return sealed_; }
  // The text in clear. tests/architecture lists the files that may ask for it.
  ClearText reveal() const;

private:
  std::string sealed_;
};

} // namespace murphy
