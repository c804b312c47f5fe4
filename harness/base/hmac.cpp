#include "base/hmac.h"

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace murphy {

std::string hex_hmac_sha256(const Secret& key, std::string_view message) {
  const ClearText characters = key.reveal();
  std::array<unsigned char, EVP_MAX_MD_SIZE> code{};
  unsigned int size = 0;
  HMAC(EVP_sha256(), characters.view().data(), static_cast<int>(characters.view().size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), code.data(), &size);
  std::string text;
  constexpr std::string_view digits = "0123456789abcdef";
  for (unsigned int i = 0; i < size; ++i) {
    text += digits[code[i] >> 4];
    text += digits[code[i] & 15];
  }
  return text;
}

} // namespace murphy
