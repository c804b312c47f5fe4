#include "web/html/content_type.h"

#include "base/text.h"

namespace murphy::web {

std::string media_type(std::string_view content_type) {
  return ascii_lower(trim(content_type.substr(0, content_type.find(';'))));
}

bool is_html(std::string_view content_type, std::string_view body) {
  const std::string type = media_type(content_type);
  if (!type.empty()) return type == "text/html" || type == "application/xhtml+xml";
  const std::string_view start = trim(body.substr(0, 512));
  return start.starts_with('<') && !start.starts_with("<?xml");
}

} // namespace murphy::web
