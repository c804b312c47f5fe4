// A request that a listener gets, and its answer. Pure.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace murphy::watch {

struct Ask {
  std::string path;    // as it came, percent-encoded, without its query
  std::string accept;  // the header; may be empty
  std::string has_tag; // If-None-Match; may be empty
};

struct Reply {
  int status = 200;
  std::string type = "text/plain; charset=utf-8";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {}; // beside those of every answer
};

} // namespace murphy::watch
