#include "base/near_path.h"

#include "base/nearest.h"
#include "base/slip_of_word.h"
#include "base/text.h"

#include <algorithm>
#include <string>
#include <vector>

namespace murphy {

namespace {

std::string_view without_last_slash(std::string_view path) {
  return path.size() > 1 && path.ends_with('/') ? path.substr(0, path.size() - 1) : path;
}

std::string digits_of(std::string_view segment) {
  std::string digits;
  std::ranges::copy_if(segment, std::back_inserter(digits), is_digit);
  return digits;
}

bool is_near_segment(std::string_view wanted, std::string_view known) {
  if (digits_of(wanted) != digits_of(known) || nearest(wanted, {std::string(known)}).empty()) return false;
  if (are_forms_of_a_word(wanted, known) || are_forms_of_a_word(known, wanted)) return false; // /user and /users
  return words_of_name(wanted) == words_of_name(known) || is_slip_of_fingers(wanted, known);
}

} // namespace

bool is_near_path(std::string_view wanted, std::string_view known) {
  if (wanted == known || !wanted.starts_with('/') || !known.starts_with('/')) return false;
  const std::vector<std::string_view> left = split(without_last_slash(wanted), '/'),
                                      right = split(without_last_slash(known), '/');
  if (left.size() != right.size()) return false;
  int near = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (left[i] == right[i] || left[i] == "*") continue;
    if (++near > 1 || !is_near_segment(left[i], right[i])) return false;
  }
  return near == 1 || without_last_slash(wanted) == without_last_slash(known);
}

} // namespace murphy
