// A quick look at a page's tags before it is parsed: are they within bounds, and what must the parser know?
#pragma once

#include "base/error.h"

#include <cstddef>
#include <string_view>
#include <vector>

namespace murphy::web {

struct SourceScan {
  struct Range {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  // What the parser is to read as white space: the contents of <noscript>, which are text to a browser with scripts,
  // and of CDATA sections with the sign that begins them, which leaves a comment.
  std::vector<Range> blanked;
  std::vector<std::size_t> form_ends; // where each </form> stands
};

// Reads the tags as the tokenizer does (WHATWG HTML, 13.2.5) and follows how deep they nest. The depth is never
// estimated too low by more than the elements that the parser implies, and only too high for markup that is badly
// misnested. Errors: target, when a bound of Document is exceeded.
Result<SourceScan> scan_source(std::string_view source);

} // namespace murphy::web
