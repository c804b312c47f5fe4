#include "web/forms/form_encoding.h"

#include "base/percent.h"
#include "base/text.h"
#include "web/forms/file_type.h"
#include "web/text/charset.h"

#include <fmt/format.h>

namespace murphy::web {
namespace {

// 4.10.22.5, "converting an entry list": every CR not before LF, and every LF not behind CR, becomes CRLF.
std::string with_crlf(std::string_view text) {
  std::string result;
  result.reserve(2 * text.size());
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

// The value as it stands in a body; a secret stays one.
Value encoded(const Value& value, std::string_view encoding) {
  const ClearText lines(with_crlf(reveal(value).view()));
  return with_text(value, from_utf8(lines.view(), encoding));
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

OutgoingText encode_urlencoded(const std::vector<std::pair<std::string, Value>>& pairs) {
  OutgoingText body;
  for (const auto& [name, value] : pairs) {
    if (!body.empty()) body.append("&");
    body.append(form_urlencode(name) + "=");
    body.append(with_text(value, form_urlencode(reveal(value).view())));
  }
  return body;
}

OutgoingText encode_urlencoded(const std::vector<FormEntry>& entries, std::string_view encoding) {
  std::vector<std::pair<std::string, Value>> pairs;
  for (const FormEntry& entry : entries)
    pairs.emplace_back(from_utf8(with_crlf(entry.name), encoding), encoded(entry.value, encoding));
  return encode_urlencoded(pairs);
}

OutgoingText encode_multipart(const std::vector<FormEntry>& entries, std::string_view encoding,
                              std::string_view boundary) {
  OutgoingText body;
  for (const FormEntry& entry : entries) {
    body.append(fmt::format("--{}\r\nContent-Disposition: form-data; name=\"{}\"", boundary,
                            escaped_name(entry.name, encoding)));
    if (entry.file) {
      // The record shows how large it is, and nothing of what is in it.
      const std::string& contents = entry.file->contents;
      body.append(fmt::format("; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n", escaped_name(entry.file->name, encoding),
                              file_type(entry.file->name)));
      body.append(
          Value(std::make_shared<const Secret>(SealedText(contents), fmt::format("{} bytes", contents.size()))));
      body.append("\r\n");
      continue;
    }
    // A file field in which nothing was chosen is sent as a file without name and contents.
    if (entry.type == "file") body.append("; filename=\"\"\r\nContent-Type: application/octet-stream");
    body.append("\r\n\r\n");
    body.append(encoded(entry.value, encoding));
    body.append("\r\n");
  }
  body.append(fmt::format("--{}--\r\n", boundary));
  return body;
}

OutgoingText encode_plain(const std::vector<FormEntry>& entries, std::string_view encoding) {
  OutgoingText body;
  for (const FormEntry& entry : entries) {
    body.append(from_utf8(with_crlf(entry.name), encoding) + "=");
    body.append(encoded(entry.value, encoding));
    body.append("\r\n");
  }
  return body;
}

} // namespace murphy::web
