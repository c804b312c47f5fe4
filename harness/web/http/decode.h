// Content encodings (RFC 9110, section 8.4.1): offered, and undone piece by piece with a bound on what comes out. Pure.
#pragma once

#include "base/error.h"

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// The value of Accept-Encoding: exactly what BodyDecoder undoes.
inline constexpr std::string_view accepted_encodings = "gzip, deflate, br, zstd";

// One encoding being undone; knows how much it may still give.
class DecoderStage;

class BodyDecoder {
public:
  // `encodings`: the values of the Content-Encoding headers in their order, each possibly a list: the last was applied
  // last. Where one of them is not known, browsers undo none. `max_bytes` bounds the output of every stage. Errors:
  // target, for more encodings than any honest answer has.
  static Result<BodyDecoder> make(const std::vector<std::string>& encodings, std::size_t max_bytes);

  // Takes the next piece of the body. Errors: target, when the data is corrupt or a bound is passed.
  Result<void> feed(std::string_view piece);

  // The whole decoded body; call once, at its end. Errors: target, when the encoded data ended in the middle.
  // A body of no bytes is empty whatever its encoding.
  Result<std::string> finish();

  BodyDecoder(BodyDecoder&&) noexcept;
  BodyDecoder& operator=(BodyDecoder&&) noexcept;
  ~BodyDecoder();

private:
  BodyDecoder();
  Result<void> feed_stage(std::size_t stage, std::string_view piece);

  std::vector<std::unique_ptr<DecoderStage>> stages_; // in the order of undoing
  std::string body_;
  std::size_t max_bytes_ = 0;
  bool any_input_ = false;
};

} // namespace murphy::web
