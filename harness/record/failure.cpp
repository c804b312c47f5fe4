#include "record/failure.h"

#include "base/text.h"

#include <utility>

namespace murphy::record {

namespace {

constexpr std::size_t longest_text = 128U << 10; // bytes

} // namespace

Got got_text(std::string_view text) {
  Got got;
  got.bytes = text.size();
  got.text = with_middle_cut(text, longest_text);
  return got;
}

Got got_answer(AnswerSeen answer) {
  Got got;
  got.answer = std::move(answer);
  return got;
}

} // namespace murphy::record
