#include "record/failure.h"

#include <utility>

namespace murphy::record {

namespace {

constexpr std::size_t longest_text = 2048; // bytes

bool continues(char byte) { return (static_cast<unsigned char>(byte) & 0xC0u) == 0x80u; }

} // namespace

Got got_text(std::string_view text) {
  Got got;
  got.bytes = text.size();
  if (text.size() <= longest_text) {
    got.text = text;
    return got;
  }
  std::size_t head = longest_text * 2 / 3, tail = text.size() - longest_text / 3;
  while (head > 0 && continues(text[head])) --head;
  while (tail < text.size() && continues(text[tail])) ++tail;
  got.text = std::string(text.substr(0, head)) + " […] " + std::string(text.substr(tail));
  return got;
}

Got got_answer(AnswerSeen answer) {
  Got got;
  got.answer = std::move(answer);
  return got;
}

} // namespace murphy::record
