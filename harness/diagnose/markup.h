// The markup of a page, roughly: enough to find messages and names in, not to judge what is shown.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// A start tag. Names are in lower case, values with their character references read.
struct Tag {
  std::string name;
  std::map<std::string, std::string> attributes;
  bool operator==(const Tag&) const = default;
};

// The text between the tags, scripts and styles left out. What is not HTML stays as it is.
std::string text_of(std::string_view body);

// The start tags in their order. None of what is not HTML.
std::vector<Tag> tags_of(std::string_view body);

} // namespace murphy::diagnose
