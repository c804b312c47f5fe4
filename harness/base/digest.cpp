#include "base/digest.h"

#include <array>
#include <openssl/evp.h>

namespace murphy {

std::string base64_digest(DigestKind kind, std::string_view bytes) {
  const EVP_MD* const algorithm = kind == DigestKind::sha256   ? EVP_sha256()
                                  : kind == DigestKind::sha384 ? EVP_sha384()
                                                               : EVP_sha512();
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int size = 0;
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, algorithm, nullptr) != 1) return {};
  std::string text((std::size_t{size} + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data()), digest.data(), static_cast<int>(size));
  return text;
}

} // namespace murphy
