#include "run/steps/decoding.h"

#include "base/base64.h"
#include "base/html_entities.h"
#include "base/percent.h"
#include "base/text.h"

#include <boost/json/parse.hpp>

namespace murphy::run {
namespace {

using Decoding = scenario::Capture::Decoding;

bool is_percent_encoded(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1))
    if (at + 2 >= text.size() || hex_digit(text[at + 1]) < 0 || hex_digit(text[at + 2]) < 0) return false;
  return true;
}

std::optional<std::string> json_string(std::string_view text) {
  const bool quoted = text.size() > 1 && text.starts_with('"') && text.ends_with('"');
  const std::string written = quoted ? std::string(text) : "\"" + std::string(text) + "\"";
  boost::system::error_code failed;
  const boost::json::value value = boost::json::parse(written, failed);
  if (failed || !value.is_string()) return std::nullopt;
  return std::string(value.get_string().data(), value.get_string().size());
}

std::optional<std::string> bytes_of(std::string_view text, Decoding decoding) {
  switch (decoding) {
  case Decoding::url: return is_percent_encoded(text) ? std::optional(percent_decode(text)) : std::nullopt;
  case Decoding::base64: return base64_decode(text);
  case Decoding::html: return without_html_references(text);
  case Decoding::json: return json_string(text);
  }
  return std::nullopt;
}

} // namespace

std::string_view name_of(Decoding decoding) {
  switch (decoding) {
  case Decoding::url: return "url";
  case Decoding::base64: return "base64";
  case Decoding::html: return "html";
  case Decoding::json: return "json";
  }
  return {};
}

std::optional<std::string> decoded(std::string_view text, Decoding decoding) {
  std::optional<std::string> bytes = bytes_of(text, decoding);
  if (!bytes || !is_utf8(*bytes)) return std::nullopt;
  return bytes;
}

} // namespace murphy::run
