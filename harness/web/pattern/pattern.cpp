#include "web/pattern/pattern.h"

#include "base/text.h"
#include "web/pattern/pattern_reader.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

#include <cstdint>
#include <optional>
#include <utility>

namespace murphy::web {
namespace {

// Steps of backtracking and memory for one value: enough for any sane pattern, far below a noticeable wait.
constexpr std::uint32_t match_limit = 2'000'000;
constexpr std::uint32_t heap_limit_kib = 64 * 1024;

struct FreeCode {
  void operator()(pcre2_code* code) const { pcre2_code_free(code); }
};
using Code = std::unique_ptr<pcre2_code, FreeCode>;
struct FreeMatchData {
  void operator()(pcre2_match_data* data) const { pcre2_match_data_free(data); }
};
struct FreeMatchContext {
  void operator()(pcre2_match_context* context) const { pcre2_match_context_free(context); }
};

Code compile(const std::string& expression) {
  int code = 0;
  PCRE2_SIZE offset = 0;
  return Code(pcre2_compile(reinterpret_cast<PCRE2_SPTR>(expression.data()), expression.size(),
                            PCRE2_UTF | PCRE2_MATCH_UNSET_BACKREF | PCRE2_NEVER_UCP | PCRE2_NEVER_BACKSLASH_C, &code,
                            &offset, nullptr));
}

// None when it gave up.
std::optional<bool> matches(const pcre2_code* code, std::string_view subject) {
  const std::unique_ptr<pcre2_match_data, FreeMatchData> data(pcre2_match_data_create_from_pattern(code, nullptr));
  const std::unique_ptr<pcre2_match_context, FreeMatchContext> context(pcre2_match_context_create(nullptr));
  pcre2_set_match_limit(context.get(), match_limit);
  pcre2_set_depth_limit(context.get(), match_limit);
  pcre2_set_heap_limit(context.get(), heap_limit_kib);
  const int result =
      pcre2_match(code, reinterpret_cast<PCRE2_SPTR>(subject.data()), subject.size(), 0, 0, data.get(), context.get());
  if (result == PCRE2_ERROR_NOMATCH) return false;
  return result < 0 ? std::nullopt : std::optional(true);
}

// Whether PCRE2's Unicode does not have a character of the text, which says nothing about the browser's.
bool has_unassigned(std::string_view text) {
  static const Code unassigned = compile("\\p{Cn}");
  return matches(unassigned.get(), text).value_or(true);
}

bool is_beyond(char32_t last, std::string_view text) {
  while (!text.empty()) {
    if (next_code_point(text) > last) return true;
  }
  return false;
}

} // namespace

struct Pattern::Compiled {
  Code code;
  bool names_properties = false;
  bool moving_properties = false;
};

Pattern::Pattern(std::string source, std::string doubt, std::unique_ptr<const Compiled> compiled)
    : source_(std::move(source)), doubt_(std::move(doubt)), compiled_(std::move(compiled)) {}
Pattern::~Pattern() = default;

std::expected<std::shared_ptr<const Pattern>, PatternRefusal> Pattern::read(std::string_view source) {
  // Compiled on its own by the standard, and then once more between "^(?:" and ")$".
  auto read = PatternReader(source).read();
  if (!read) return std::unexpected(std::move(read.error()));
  std::unique_ptr<const Compiled> compiled;
  if (read->doubt.empty()) {
    Code code = compile("\\A(?:" + read->pcre + ")\\z");
    if (!code) read->doubt = "PCRE2 cannot express it";
    compiled =
        std::make_unique<const Compiled>(Compiled{std::move(code), read->names_properties, read->moving_properties});
  }
  return std::shared_ptr<const Pattern>(new Pattern(std::string(source), std::move(read->doubt), std::move(compiled)));
}

MatchAnswer Pattern::matches(std::string_view value, std::string* doubt) const {
  const auto unknown = [&](std::string why) {
    if (doubt != nullptr) *doubt = std::move(why);
    return MatchAnswer::unknown;
  };
  if (!doubt_.empty()) return unknown("cannot evaluate the pattern: " + doubt_);
  const std::string subject = repair_utf8(value);
  if (compiled_->names_properties && has_unassigned(subject))
    return unknown("the value has characters that are newer than PCRE2's Unicode");
  if (compiled_->moving_properties && is_beyond(0x17f, subject))
    return unknown("versions of Unicode differ on the properties that the pattern names");
  const auto matched = web::matches(compiled_->code.get(), subject);
  if (!matched) return unknown("PCRE2 gave up: the pattern takes too many steps on this value");
  return answer(*matched);
}

} // namespace murphy::web
