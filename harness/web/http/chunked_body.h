// The chunked transfer coding (RFC 9112, section 7.1), undone piece by piece. Pure.
#pragma once

#include "base/error.h"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

namespace murphy::web {

class ChunkedBody {
public:
  using Take = std::function<Result<void>(std::string_view piece)>;

  // Reads as much of `bytes` as is whole, hands the data on to `take`, and gives back how many bytes it used. Lines may
  // end in LF alone; spaces behind a size are overlooked, as are extensions and the trailer. Errors: target, when a
  // size or the end of a chunk is none; those of `take`.
  Result<std::size_t> feed(std::string_view bytes, const Take& take);
  bool done() const { return state_ == State::done; }

private:
  enum class State { size, data, data_end, trailer, done };
  Result<void> take_line(std::string_view line);

  State state_ = State::size;
  std::uint64_t left_ = 0; // of the data of the chunk
};

} // namespace murphy::web
