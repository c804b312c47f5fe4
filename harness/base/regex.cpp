#include "base/regex.h"

#include "base/text.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <cstdint>
#include <pcre2.h>

namespace murphy {

namespace {

// Steps of backtracking and memory for one search: enough for any sane pattern over a page, far below a noticeable
// wait.
constexpr std::uint32_t match_limit = 2'000'000;
constexpr std::uint32_t heap_limit_kib = 64 * 1024;

struct FreeMatchData {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeMatchContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

std::string message_of(int code) {
  unsigned char text[256] = {};
  pcre2_get_error_message(code, text, sizeof text);
  return std::string(reinterpret_cast<const char*>(text));
}

PCRE2_SPTR code_units(std::string_view text) { return reinterpret_cast<PCRE2_SPTR>(text.data()); }

} // namespace

Result<std::shared_ptr<const Regex>> Regex::compile(std::string_view pattern) {
  int code = 0;
  PCRE2_SIZE offset = 0;
  pcre2_code* compiled =
      pcre2_compile(code_units(pattern), pattern.size(),
                    PCRE2_UTF | PCRE2_UCP | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C, &code, &offset, nullptr);
  if (!compiled) {
    const std::size_t character = count_code_points(pattern.substr(0, std::min(offset, pattern.size())));
    return std::unexpected(Error{.kind = ErrorKind::usage,
                                 .what = "the regular expression \"" + std::string(pattern) + "\" cannot be read: " +
                                         message_of(code) + " (at offset " + std::to_string(character) + ")",
                                 .hint = {},
                                 .place = {},
                                 .source_line = {}});
  }
  return std::shared_ptr<const Regex>(new Regex(std::string(pattern), compiled));
}

Regex::~Regex() { pcre2_code_free(code_); }

Result<std::vector<std::string>> Regex::search(std::string_view subject) const {
  const std::unique_ptr<pcre2_match_data, FreeMatchData> data(pcre2_match_data_create_from_pattern(code_, nullptr));
  const std::unique_ptr<pcre2_match_context, FreeMatchContext> context(pcre2_match_context_create(nullptr));
  pcre2_set_match_limit(context.get(), match_limit);
  pcre2_set_depth_limit(context.get(), match_limit);
  pcre2_set_heap_limit(context.get(), heap_limit_kib);

  const int count = pcre2_match(code_, code_units(subject), subject.size(), 0, 0, data.get(), context.get());
  if (count == PCRE2_ERROR_NOMATCH) return std::vector<std::string>{};
  if (count < 0) {
    return std::unexpected(Error{.kind = ErrorKind::usage,
                                 .what = "the regular expression \"" + source_ + "\" gave up: " + message_of(count),
                                 .hint = "nested repetitions like (a+)+ try too many ways; make one of them match less",
                                 .place = {},
                                 .source_line = {}});
  }
  std::vector<std::string> groups(pcre2_get_ovector_count(data.get()));
  const PCRE2_SIZE* offsets = pcre2_get_ovector_pointer(data.get());
  for (std::size_t i = 0; i < groups.size(); ++i) {
    const PCRE2_SIZE begin = offsets[2 * i], end = offsets[2 * i + 1];
    // A group that took no part is unset; \K inside a lookahead can put the end before the beginning.
    if (begin != PCRE2_UNSET && begin <= end) groups[i] = std::string(subject.substr(begin, end - begin));
  }
  return groups;
}

} // namespace murphy
