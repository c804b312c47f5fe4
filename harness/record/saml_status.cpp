#include "record/saml_status.h"

#include "base/base64.h"
#include "base/percent.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <zlib.h>

namespace murphy::record {
namespace {

constexpr std::size_t longest = 1U << 20; // bytes of a response; its status stands near its beginning

// RFC 1951 without a head, which is how the redirect binding sends it; nothing for what is none.
std::optional<std::string> inflated(const std::string& bytes) {
  z_stream stream{};
  constexpr int window_without_head = -15;
  if (inflateInit2(&stream, window_without_head) != Z_OK) return std::nullopt;
  std::string text(std::min(longest, std::max<std::size_t>(bytes.size() * 20, 4096)), '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(text.data());
  stream.avail_out = static_cast<uInt>(text.size());
  const int status = inflate(&stream, Z_SYNC_FLUSH);
  text.resize(text.size() - stream.avail_out);
  inflateEnd(&stream);
  const bool is_deflated = status == Z_OK || status == Z_STREAM_END || status == Z_BUF_ERROR;
  return is_deflated && !text.empty() ? std::optional(std::move(text)) : std::nullopt;
}

// The last one: a code in a code is more special.
std::string innermost_code(std::string_view response) {
  constexpr std::string_view element = "StatusCode", name = "urn:oasis:names:tc:SAML:2.0:status:";
  std::string code;
  for (std::size_t at = response.find(element); at != std::string_view::npos; at = response.find(element, at + 1)) {
    const std::string_view tag = response.substr(at, response.find('>', at) - at);
    const std::size_t begin = tag.find(name);
    if (begin == std::string_view::npos) continue;
    std::size_t end = begin + name.size();
    while (end < tag.size() && std::isalpha(static_cast<unsigned char>(tag[end])) != 0) ++end;
    code = tag.substr(begin + name.size(), end - begin - name.size());
  }
  constexpr std::size_t longest_code = 40;
  return code.empty() || code == "Success" || code.size() > longest_code ? std::string() : "status:" + code;
}

} // namespace

std::string saml_status(std::string_view encoded) {
  if (encoded.size() > longest) return {};
  const auto bytes = base64_decode(encoded.contains('%') ? percent_decode(encoded) : std::string(encoded));
  if (!bytes || bytes->empty()) return {};
  if (bytes->contains('<')) {
    if (std::string code = innermost_code(*bytes); !code.empty()) return code;
  }
  const auto response = inflated(*bytes);
  return response ? innermost_code(*response) : std::string();
}

} // namespace murphy::record
