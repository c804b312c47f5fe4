#include "reports/html_text.h"

#include "base/escaped_html.h"
#include "base/hash.h"
#include "reports/plain_text.h"

#include <fmt/format.h>

namespace murphy::reports {

std::string html_text(std::string_view text) { return escaped_html(plain_text(text)); }

std::string html_line(std::string_view text) { return escaped_html(plain_line(text)); }

std::string html_attribute(std::string_view markup) {
  std::string result;
  result.reserve(markup.size() + markup.size() / 8);
  for (const char c : markup) {
    switch (c) {
    case '&': result += "&amp;"; break;
    case '"': result += "&quot;"; break;
    case '<': result += "&lt;"; break;
    case '\0': result += "\xEF\xBF\xBD"; break;
    default: result += c;
    }
  }
  return result;
}

std::string html_id_of_case(std::string_view id) { return "c-" + hex_digest(Hash::sha256, id).substr(0, 10); }

std::string html_details(std::string_view summary, std::string_view body, Fold fold) {
  return fmt::format("<details{}><summary>{}</summary>\n{}</details>\n", fold == Fold::open ? " open" : "", summary,
                     body);
}

} // namespace murphy::reports
