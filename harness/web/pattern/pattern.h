// The pattern attribute as browsers understand it: a JavaScript regular expression with the `v` flag that has to match
// the whole value (WHATWG HTML, 4.10.5.3.6; ECMAScript, 22.2 with UnicodeSetsMode).
#pragma once

#include "web/pattern/answer.h"

#include <cstddef>
#include <expected>
#include <memory>
#include <string>
#include <string_view>

namespace murphy::web {

// Why JavaScript refuses a pattern.
struct PatternRefusal {
  std::size_t offset = 0; // of the offending place, in bytes
  std::size_t length = 0; // its bytes; 0 when something is missing at the end
  std::string why;        // "in a class, \"(\" must be written \"\\(\""
};

class Pattern {
public:
  // Error: why the `v` flag refuses it, in which case browsers ignore the attribute.
  static std::expected<std::shared_ptr<const Pattern>, PatternRefusal> read(std::string_view source);
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  const std::string& source() const { return source_; }

  // Whether the whole value matches. Unknown where PCRE2 may judge differently than JavaScript, or when it gave up on
  // the value; `doubt` is then set to the reason, one clause. Safe to call from several threads.
  MatchAnswer matches(std::string_view value, std::string* doubt = nullptr) const;

private:
  struct Compiled;
  Pattern(std::string source, std::string doubt, std::unique_ptr<const Compiled> compiled);
  std::string source_;
  std::string doubt_; // why this pattern cannot be judged at all; empty when it can
  std::unique_ptr<const Compiled> compiled_;
};

} // namespace murphy::web
