// A policy that a page states about itself, and a browser keeps to.
#pragma once

#include <string>

namespace murphy::record {

struct Policy {
  enum class From { header, meta };
  From from = From::header;
  std::string directive; // as served: "form-action 'self'"; empty for none
  bool operator==(const Policy&) const = default;
};

} // namespace murphy::record
