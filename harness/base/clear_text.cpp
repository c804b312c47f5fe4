#include "base/clear_text.h"

#include "base/wipe_registers.h"

#include <algorithm>
#include <openssl/crypto.h>
#include <utility>

namespace murphy {

void wipe(std::string& text) {
  // Up to the capacity: a short string that was moved from still holds its characters behind its end.
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

ClearText::ClearText(std::string&& characters) : characters_(std::move(characters)) { wipe(characters); }

ClearText::ClearText(ClearText&& other) noexcept : characters_(std::move(other.characters_)) {
  wipe(other.characters_);
}

ClearText& ClearText::operator=(ClearText&& other) noexcept {
  if (this == &other) return *this;
  clear();
  characters_ = std::move(other.characters_);
  wipe(other.characters_);
  return *this;
}

void ClearText::clear() {
  const bool held_any = !characters_.empty();
  wipe(characters_);
  if (held_any) wipe_registers();
}

void ClearText::reserve(std::size_t size) {
  if (size <= characters_.capacity()) return;
  // A string that grew by itself would leave its old buffer behind as it was.
  std::string larger;
  larger.reserve(std::max(size, 2 * characters_.capacity()));
  larger += characters_;
  characters_.swap(larger);
  wipe(larger);
}

void ClearText::append(std::string_view more) {
  reserve(characters_.size() + more.size());
  characters_ += more;
  // At once: the dynamic linker writes the registers to the stack where a function is called for the first time.
  wipe_registers();
}

} // namespace murphy
