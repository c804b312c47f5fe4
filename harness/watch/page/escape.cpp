#include "watch/page/escape.h"

#include "base/text.h"

namespace murphy::watch {

std::string escaped(std::string_view text) {
  std::string all;
  for (const char c : one_line(text)) {
    switch (c) {
    case '&': all += "&amp;"; break;
    case '<': all += "&lt;"; break;
    case '>': all += "&gt;"; break;
    case '"': all += "&quot;"; break;
    case '\'': all += "&#39;"; break;
    default: all += c;
    }
  }
  return all;
}

} // namespace murphy::watch
