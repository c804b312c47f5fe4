// Bytes that nobody can guess.
#pragma once

#include <span>

namespace murphy {

// Fills all of it with random bytes of the system. Terminates when the system gives none.
void fill_with_random_bytes(std::span<unsigned char> bytes);

} // namespace murphy
