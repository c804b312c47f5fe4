#include "web/forms/form_encoding.h"

#include "base/percent.h"
#include "base/text.h"
#include "web/text/charset.h"

#include <fmt/format.h>

namespace murphy::web {
namespace {

// 4.10.22.5, "converting an entry list": every CR not before LF, and every LF not behind CR, becomes CRLF.
std::string with_crlf(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\r') {
      result += "\r\n";
      if (i + 1 < text.size() && text[i + 1] == '\n') ++i;
    } else if (text[i] == '\n')
      result += "\r\n";
    else
      result += text[i];
  }
  return result;
}

bool is_masked(const Entry& entry, Rendering rendering) {
  return rendering == Rendering::shown && entry.shown != entry.value;
}

std::string encoded_value(const Entry& entry, std::string_view encoding, Rendering rendering) {
  return is_masked(entry, rendering) ? entry.shown : from_utf8(with_crlf(entry.value), encoding);
}

// 4.10.22.8: line breaks and quotation marks in names would end the header they stand in.
std::string escaped_name(std::string_view name, std::string_view encoding) {
  std::string escaped;
  for (const char c : from_utf8(with_crlf(name), encoding)) {
    if (c == '\n')
      escaped += "%0A";
    else if (c == '\r')
      escaped += "%0D";
    else if (c == '"')
      escaped += "%22";
    else
      escaped += c;
  }
  return escaped;
}

} // namespace

std::string form_enctype(std::string_view written) {
  const std::string enctype = ascii_lower(written);
  return enctype == "multipart/form-data" || enctype == "text/plain" ? enctype : "application/x-www-form-urlencoded";
}

std::string encode_urlencoded(const std::vector<Entry>& entries, std::string_view encoding, Rendering rendering) {
  std::string body;
  for (const Entry& entry : entries) {
    if (!body.empty()) body += '&';
    const std::string name = from_utf8(with_crlf(entry.name), encoding);
    if (is_masked(entry, rendering))
      body += form_urlencode({{name, ""}}) + entry.shown;
    else
      body += form_urlencode({{name, encoded_value(entry, encoding, rendering)}});
  }
  return body;
}

std::string encode_multipart(const std::vector<Entry>& entries, std::string_view encoding, std::string_view boundary,
                             Rendering rendering) {
  std::string body;
  for (const Entry& entry : entries) {
    body += fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"", boundary,
                        escaped_name(entry.name, encoding));
    // A file field in which nothing was chosen is sent as a file without name and contents.
    if (entry.type == "file") body += "; filename=\"\"\r\nContent-Type: application/octet-stream";
    body += "\r\n\r\n" + encoded_value(entry, encoding, rendering) + "\r\n";
  }
  return body + fmt::format("--{}--\r\n", boundary);
}

std::string encode_plain(const std::vector<Entry>& entries, std::string_view encoding, Rendering rendering) {
  std::string body;
  for (const Entry& entry : entries) {
    body += from_utf8(with_crlf(entry.name), encoding) + "=" + encoded_value(entry, encoding, rendering) + "\r\n";
  }
  return body;
}

} // namespace murphy::web
