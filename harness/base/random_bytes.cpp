#include "base/random_bytes.h"

#include <cerrno>
#include <cstdlib>
#include <sys/random.h>
#include <sys/types.h>

namespace murphy {

// From the kernel, whose generator OpenSSL would start its own with: that start takes longer than a sign-in.
void fill_with_random_bytes(std::span<unsigned char> bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::getrandom(bytes.data(), bytes.size(), 0);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) std::abort();
    bytes = bytes.subspan(static_cast<std::size_t>(count));
  }
}

} // namespace murphy
