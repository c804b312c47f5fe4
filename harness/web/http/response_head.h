// The status line and the header lines of an answer, read as browsers read them: what they overlook is overlooked.
// Pure.
#pragma once

#include "base/error.h"
#include "record/exchange.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// What an answer begins with, in any case.
inline constexpr std::string_view http_protocol = "HTTP/";

// The beginning of what came, fit to be shown.
std::string excerpt(std::string_view bytes);

enum class HttpVersion { http_1_0, http_1_1 };

struct ResponseHead {
  HttpVersion version = HttpVersion::http_1_0;
  int status = 0;
  std::string reason;
  std::vector<record::Header> headers; // order kept, one entry for each line
};

// How the body behind a head is delimited (RFC 9112, section 6.3).
struct BodyLength {
  enum class Kind { none, chunked, fixed, until_close };
  Kind kind = Kind::none;
  std::uint64_t bytes = 0; // of fixed
};

// The bytes at the beginning of `text` that are a whole head, its empty line included; none when it has not ended yet.
std::optional<std::size_t> head_size(std::string_view text);

// Reads a whole head. Lines may end in LF alone; a line that begins with white space goes on with the one before it;
// lines without a colon or with a name that is none are left out. Errors: target, for a status line without a status
// and for control characters that no header holds.
Result<ResponseHead> parse_head(std::string_view text);

// Transfer-Encoding goes before Content-Length. Errors: target, for lengths that differ.
Result<BodyLength> body_length(const ResponseHead& head);

// Whether the connection may serve another request behind the answer.
bool keeps_connection(const ResponseHead& head);

} // namespace murphy::web
