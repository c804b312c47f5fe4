// The Unicode properties that a pattern may name in \p{…} (ECMAScript, tables 66 to 69), and what PCRE2 knows of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

struct Property {
  std::string pcre;       // its name in \p{…} of PCRE2; empty: none of its characters is known to PCRE2
  bool moving = false;    // its characters above U+0180 are others in newer versions of Unicode
  bool unknown = false;   // PCRE2 does not have it
  bool sequences = false; // it holds for whole sequences of characters (RGI_Emoji)
};

// By what stands between the braces: "L", "Script=Greek". None when JavaScript knows no such property.
std::optional<Property> find_property(std::string_view text);

} // namespace murphy::web
