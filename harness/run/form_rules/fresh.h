// Letters and digits that are new in each submission, and the same again for the same seed.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace murphy::run {

class Fresh {
public:
  explicit Fresh(std::string_view seed);

  std::string word(std::size_t length); // lower-case letters
  // A character of the same kind: an upper-case letter, a lower-case one, a digit from 1 to 9; others as they are.
  char like(char model);

private:
  std::uint64_t next();
  std::uint64_t state_ = 0xcbf29ce484222325;
};

} // namespace murphy::run
