#include "base/hash.h"

#include <array>
#include <openssl/evp.h>

namespace murphy {

std::string hex_digest(Hash hash, std::string_view bytes) {
  const EVP_MD* kind = hash == Hash::md5 ? EVP_md5() : hash == Hash::sha256 ? EVP_sha256() : EVP_sha512_256();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  // A system whose policy forbids MD5 has none: then there is no answer that the server would take.
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, kind, nullptr) != 1) return {};
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (unsigned int at = 0; at < size; ++at) {
    text += digits[digest[at] >> 4U];
    text += digits[digest[at] & 15U];
  }
  return text;
}

} // namespace murphy
