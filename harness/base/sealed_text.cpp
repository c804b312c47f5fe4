#include "base/sealed_text.h"

#include "base/random_bytes.h"

#include <algorithm>

namespace murphy {

SealedText::Pad::Pad() {
  fill_with_random_bytes(bytes_);
  for (unsigned char& byte : bytes_)
    while (byte == 0) fill_with_random_bytes({&byte, 1});
}

const SealedText::Pad& SealedText::pad() {
  static const Pad pad;
  return pad;
}

void SealedText::append(std::string_view clear) {
  const Pad& pad = SealedText::pad();
  sealed_.reserve(sealed_.size() + clear.size());
  for (const char c : clear) sealed_ += pad.seal(c, sealed_.size());
}

void SealedText::append(const SealedText& more) { append(more.reveal().view()); }

ClearText SealedText::reveal() const {
  const Pad& pad = SealedText::pad();
  std::string clear(sealed_.size(), '\0');
  for (std::size_t place = 0; place < sealed_.size(); ++place) clear[place] = pad.seal(sealed_[place], place);
  return clear;
}

} // namespace murphy
