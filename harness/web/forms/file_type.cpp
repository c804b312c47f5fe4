#include "web/forms/file_type.h"

#include "base/text.h"

#include <algorithm>
#include <array>
#include <string>

namespace murphy::web {
namespace {

constexpr std::string_view unknown_type = "application/octet-stream";

struct FileType {
  std::string_view extension;
  std::string_view type;
};

// Sorted by extension.
constexpr auto types = std::to_array<FileType>({
    {"7z", "application/x-7z-compressed"},
    {"apk", "application/vnd.android.package-archive"},
    {"apng", "image/apng"},
    {"avi", "video/x-msvideo"},
    {"avif", "image/avif"},
    {"bin", "application/octet-stream"},
    {"bmp", "image/bmp"},
    {"bz2", "application/x-bzip"},
    {"cer", "application/pkix-cert"},
    {"crt", "application/x-x509-ca-cert"},
    {"css", "text/css"},
    {"csv", "text/csv"},
    {"doc", "application/msword"},
    {"docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"},
    {"eml", "message/rfc822"},
    {"eps", "image/x-eps"},
    {"epub", "application/epub+zip"},
    {"exe", "application/x-ms-dos-executable"},
    {"flac", "audio/flac"},
    {"gif", "image/gif"},
    {"gz", "application/gzip"},
    {"heic", "image/heif"},
    {"heif", "image/heif"},
    {"htm", "text/html"},
    {"html", "text/html"},
    {"ico", "image/vnd.microsoft.icon"},
    {"ics", "text/calendar"},
    {"jfif", "image/jpeg"},
    {"jpeg", "image/jpeg"},
    {"jpg", "image/jpeg"},
    {"js", "text/javascript"},
    {"json", "application/json"},
    {"log", "text/x-log"},
    {"m4a", "audio/x-m4a"},
    {"m4v", "video/mp4"},
    {"md", "text/markdown"},
    {"mht", "multipart/related"},
    {"mjs", "text/javascript"},
    {"mkv", "video/matroska"},
    {"mov", "video/quicktime"},
    {"mp3", "audio/mpeg"},
    {"mp4", "video/mp4"},
    {"mpeg", "video/mpeg"},
    {"mpg", "video/mpeg"},
    {"odp", "application/vnd.oasis.opendocument.presentation"},
    {"ods", "application/vnd.oasis.opendocument.spreadsheet"},
    {"odt", "application/vnd.oasis.opendocument.text"},
    {"oga", "audio/ogg"},
    {"ogg", "audio/ogg"},
    {"ogv", "video/ogg"},
    {"opus", "audio/ogg"},
    {"p12", "application/pkcs12"},
    {"p7s", "application/pkcs7-signature"},
    {"pdf", "application/pdf"},
    {"pem", "application/x-x509-ca-cert"},
    {"png", "image/png"},
    {"ppt", "application/vnd.ms-powerpoint"},
    {"pptx", "application/vnd.openxmlformats-officedocument.presentationml.presentation"},
    {"ps", "application/postscript"},
    {"py", "text/x-python"},
    {"rar", "application/vnd.rar"},
    {"rb", "application/x-ruby"},
    {"rss", "application/rss+xml"},
    {"rtf", "application/rtf"},
    {"sh", "application/x-shellscript"},
    {"sql", "application/sql"},
    {"svg", "image/svg+xml"},
    {"tar", "application/x-tar"},
    {"text", "text/plain"},
    {"tgz", "application/x-compressed-tar"},
    {"tif", "image/tiff"},
    {"tiff", "image/tiff"},
    {"toml", "application/toml"},
    {"ttf", "font/ttf"},
    {"txt", "text/plain"},
    {"vcf", "text/vcard"},
    {"wasm", "application/wasm"},
    {"wav", "audio/wav"},
    {"webm", "video/webm"},
    {"webp", "image/webp"},
    {"woff", "font/woff"},
    {"woff2", "font/woff2"},
    {"xhtml", "application/xhtml+xml"},
    {"xls", "application/vnd.ms-excel"},
    {"xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {"xml", "text/xml"},
    {"xsl", "application/xslt+xml"},
    {"xz", "application/x-xz"},
    {"yaml", "application/x-yaml"},
    {"yml", "application/x-yaml"},
    {"zip", "application/zip"},
});
static_assert(std::ranges::is_sorted(types, {}, &FileType::extension));

std::string extension_of(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos ? std::string() : ascii_lower(name.substr(dot + 1));
}

const FileType* find_type(std::string_view name) {
  const std::string extension = extension_of(name);
  const auto found = std::ranges::lower_bound(types, std::string_view(extension), {}, &FileType::extension);
  return found != types.end() && found->extension == extension ? &*found : nullptr;
}

} // namespace

std::string_view file_type(std::string_view name) {
  const FileType* known = find_type(name);
  return known == nullptr ? unknown_type : known->type;
}

bool is_accepted(std::string_view name, std::string_view accept) {
  const FileType* known = find_type(name);
  bool says_something = false;
  for (const std::string_view part : split(accept, ',')) {
    const std::string token = ascii_lower(trim(part));
    if (token.empty()) continue;
    says_something = true;
    if (token.starts_with('.')) {
      if (ascii_lower(name).ends_with(token)) return true;
    } else if (known == nullptr || token == known->type || token == "*/*" ||
               (token.ends_with("/*") && known->type.starts_with(token.substr(0, token.size() - 1)))) {
      return true;
    }
  }
  return !says_something;
}

} // namespace murphy::web
