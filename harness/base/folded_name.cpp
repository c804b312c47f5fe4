#include "base/folded_name.h"

#include <cctype>
#include <cstddef>

namespace murphy {

std::string folded_name(std::string_view name) {
  constexpr std::size_t longest_number = 4, longest_hexadecimal = 8;
  std::string result;
  for (std::size_t i = 0; i < name.size(); ++i) {
    // A hyphen joins the parts of a UUID.
    std::size_t end = i, digits = 0;
    while (end < name.size() && (std::isxdigit(static_cast<unsigned char>(name[end])) != 0 || name[end] == '-'))
      digits += std::isdigit(static_cast<unsigned char>(name[end++])) != 0 ? 1 : 0;
    while (end > i && name[end - 1] == '-') --end;
    const bool bracketed = i > 0 && name[i - 1] == '[' && end < name.size() && name[end] == ']';
    const bool is_number = digits > 0 && digits == end - i;
    if ((is_number && (bracketed || digits > longest_number)) || (digits > 1 && end - i >= longest_hexadecimal)) {
      result += '0';
      i = end - 1;
    } else {
      result += name[i];
    }
  }
  return result;
}

} // namespace murphy
