// Regular expressions as users of the language write them: PCRE2, UTF-8, with a match limit against catastrophic
// patterns.
#pragma once

#include "base/error.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

struct pcre2_real_code_8;

namespace murphy {

class Regex {
public:
  // Errors: usage, with what PCRE2 says and the offset in `what`.
  static Result<std::shared_ptr<const Regex>> compile(std::string_view pattern);
  ~Regex();
  Regex(const Regex&) = delete;
  Regex& operator=(const Regex&) = delete;

  const std::string& source() const { return source_; }
  // The groups of the first match anywhere in the subject, [0] being the whole match; empty when there is none.
  // Errors: usage, when the match limit was reached. Safe to call from several threads.
  Result<std::vector<std::string>> search(std::string_view subject) const;

private:
  Regex(std::string source, pcre2_real_code_8* code) : source_(std::move(source)), code_(code) {}
  std::string source_;
  pcre2_real_code_8* code_;
};

} // namespace murphy
