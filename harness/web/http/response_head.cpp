#include "web/http/response_head.h"

#include "base/make_error.h"
#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <fmt/format.h>

namespace murphy::web {
namespace {

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trim_blanks(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

// The next line without its end, which is taken off `text`.
std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  while (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

// RFC 9110, section 5.6.2
bool is_token(std::string_view text) {
  constexpr std::string_view signs = "!#$%&'*+-.^_`|~";
  return !text.empty() && std::ranges::all_of(text, [&](char c) {
    return is_letter(c) || is_digit(c) || signs.find(c) != std::string_view::npos;
  });
}

std::unexpected<Error> malformed(std::string what) {
  return std::unexpected(target_error("the header of the answer is malformed HTTP: " + std::move(what),
                                      "no browser reads it either; a proxy or a handwritten server does this"));
}

// "HTTP/1.1" and later; what cannot be read as a version is the first one.
HttpVersion version_of(std::string_view text) {
  if (text.size() < http_protocol.size() + 3) return HttpVersion::http_1_0;
  const char major = text[http_protocol.size()], minor = text[http_protocol.size() + 2];
  if (!is_digit(major) || text[http_protocol.size() + 1] != '.' || !is_digit(minor)) return HttpVersion::http_1_0;
  return major > '1' || (major == '1' && minor >= '1') ? HttpVersion::http_1_1 : HttpVersion::http_1_0;
}

bool has_word(const ResponseHead& head, std::string_view name, std::string_view word) {
  for (const std::string* value : record::find_headers(head.headers, name)) {
    for (const std::string_view each : split(*value, ','))
      if (equal_ignoring_ascii_case(trim_blanks(each), word)) return true;
  }
  return false;
}

} // namespace

std::string excerpt(std::string_view bytes) {
  constexpr std::size_t most_bytes = 200, widest = 60;
  return ellipsize(one_line(bytes.substr(0, most_bytes)) + (bytes.size() > most_bytes ? "…" : ""), widest);
}

std::optional<std::size_t> head_size(std::string_view text) {
  std::size_t position = 0;
  bool has_status = false;
  for (;;) {
    const std::size_t end = text.find('\n', position);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view line = text.substr(position, end - position);
    while (line.ends_with('\r')) line.remove_suffix(1);
    position = end + 1;
    if (line.empty() && has_status) return position;
    has_status = has_status || !line.empty(); // empty lines before it belong to an earlier answer
  }
}

Result<ResponseHead> parse_head(std::string_view text) {
  ResponseHead head;
  std::string_view line;
  while (line.empty() && !text.empty()) line = take_line(text);
  const std::size_t space = std::min(line.find_first_of(" \t"), line.size());
  head.version = version_of(line.substr(0, space));
  std::string_view rest = trim_blanks(line.substr(space));
  const auto digits = static_cast<std::size_t>(std::ranges::find_if_not(rest, is_digit) - rest.begin());
  if (digits != 3) return malformed(fmt::format("no status in “{}”", excerpt(line)));
  std::from_chars(rest.data(), rest.data() + digits, head.status);
  head.reason = std::string(trim_blanks(rest.substr(digits)));

  bool continues = false; // a line that begins with white space goes on with the header before it
  while (!text.empty()) {
    line = take_line(text);
    if (line.empty()) break;
    if (line.find('\0') != std::string_view::npos) return malformed(fmt::format("“{}” holds a NUL", excerpt(line)));
    if (is_blank(line.front())) {
      if (continues) {
        std::string& value = head.headers.back().value;
        const std::string_view more = trim_blanks(line);
        value += value.empty() || more.empty() ? std::string(more) : " " + std::string(more);
      }
      continue;
    }
    const std::size_t colon = line.find(':');
    const std::string_view name = trim_blanks(line.substr(0, colon));
    continues = colon != std::string_view::npos && is_token(name);
    if (continues) head.headers.push_back({std::string(name), std::string(trim_blanks(line.substr(colon + 1)))});
  }
  return head;
}

Result<BodyLength> body_length(const ResponseHead& head) {
  using Kind = BodyLength::Kind;
  if (head.status < 200 || head.status == 204 || head.status == 205 || head.status == 304) return BodyLength{};
  if (head.version == HttpVersion::http_1_1 && has_word(head, "Transfer-Encoding", "chunked"))
    return BodyLength{Kind::chunked, 0};
  std::optional<std::string_view> length;
  for (const std::string* value : record::find_headers(head.headers, "Content-Length")) {
    for (const std::string_view each : split(*value, ',')) {
      if (length && *length != trim_blanks(each))
        return malformed(fmt::format("it says Content-Length twice: {} and {}", excerpt(*length), excerpt(each)));
      length = trim_blanks(each);
    }
  }
  std::uint64_t bytes = 0;
  if (!length) return BodyLength{Kind::until_close, 0};
  const auto [end, error] = std::from_chars(length->data(), length->data() + length->size(), bytes);
  if (error != std::errc() || end != length->data() + length->size()) return BodyLength{Kind::until_close, 0};
  return BodyLength{Kind::fixed, bytes};
}

bool keeps_connection(const ResponseHead& head) {
  // Some servers send the end of a chunked body behind an answer that has none.
  const bool has_body = head.status != 204 && head.status != 205 && head.status != 304;
  if (!has_body && record::find_header(head.headers, "Transfer-Encoding") != nullptr) return false;
  if (has_word(head, "Connection", "close")) return false;
  return head.version == HttpVersion::http_1_1 || has_word(head, "Connection", "keep-alive");
}

} // namespace murphy::web
