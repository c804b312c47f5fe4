// What the body of an answer holds as a page: enough to find messages and names in.
#pragma once

#include "record/exchange.h"

#include <map>
#include <string>
#include <vector>

namespace murphy::diagnose {

// An element's tag. Names are in lower case.
struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;
  bool operator==(const Tag&) const = default;
};

struct Markup {
  std::string text;      // that a person sees; the body itself where it is no page
  std::vector<Tag> tags; // of all elements, in their order; of a body that is no page, none
};

// The body read as a browser reads it, as far as it was kept.
Markup read_markup(const record::Exchange& answer);

} // namespace murphy::diagnose
