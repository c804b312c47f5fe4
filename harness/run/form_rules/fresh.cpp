#include "run/form_rules/fresh.h"

#include "base/text.h"

namespace murphy::run {

Fresh::Fresh(std::string_view seed) {
  for (const char c : seed) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3; // FNV-1a
}

// splitmix64
std::uint64_t Fresh::next() {
  state_ += 0x9e3779b97f4a7c15;
  std::uint64_t mixed = state_;
  mixed = (mixed ^ (mixed >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  return mixed ^ (mixed >> 31);
}

char Fresh::like(char model) {
  if (is_digit(model)) return static_cast<char>('1' + next() % 9);
  if (is_lower(model)) return static_cast<char>('a' + next() % 26);
  if (is_upper(model)) return static_cast<char>('A' + next() % 26);
  return model;
}

std::string Fresh::word(std::size_t length) {
  std::string letters;
  while (letters.size() < length) letters += like('a');
  return letters;
}

} // namespace murphy::run
