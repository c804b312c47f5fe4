#include "web/http/chunked_body.h"

#include "base/make_error.h"
#include "web/http/response_head.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace murphy::web {
namespace {

std::unexpected<Error> malformed(std::string_view what, std::string_view line) {
  return std::unexpected(
      target_error(fmt::format("the body of the answer is malformed HTTP: {} “{}”", what, excerpt(line)),
                   "no browser reads it either; a proxy or a handwritten server does this"));
}

} // namespace

Result<void> ChunkedBody::take_line(std::string_view line) {
  switch (state_) {
  case State::size: {
    std::string_view size = line.substr(0, line.find(';'));
    while (size.ends_with(' ')) size.remove_suffix(1);
    const auto [end, error] = std::from_chars(size.data(), size.data() + size.size(), left_, 16);
    if (error != std::errc() || end != size.data() + size.size()) return malformed("no size of a chunk:", line);
    state_ = left_ == 0 ? State::trailer : State::data;
    return {};
  }
  case State::data_end:
    if (!line.empty()) return malformed("a chunk is longer than it says:", line);
    state_ = State::size;
    return {};
  default:
    if (line.empty()) state_ = State::done;
    return {};
  }
}

Result<std::size_t> ChunkedBody::feed(std::string_view bytes, const Take& take) {
  std::size_t used = 0;
  while (used < bytes.size() && state_ != State::done) {
    if (state_ == State::data) {
      const auto piece = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size() - used));
      if (auto taken = take(bytes.substr(used, piece)); !taken) return std::unexpected(std::move(taken.error()));
      used += piece;
      left_ -= piece;
      if (left_ == 0) state_ = State::data_end;
      continue;
    }
    const std::size_t end = bytes.find('\n', used);
    if (end == std::string_view::npos) break;
    std::string_view line = bytes.substr(used, end - used);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (auto taken = take_line(line); !taken) return std::unexpected(std::move(taken.error()));
    used = end + 1;
  }
  return used;
}

} // namespace murphy::web
