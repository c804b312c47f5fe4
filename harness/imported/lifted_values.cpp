#include "imported/lifted_values.h"

#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>

namespace murphy::imported {
namespace {

std::string as_variable(std::string_view text) {
  std::string name = ascii_upper(text);
  for (char& c : name)
    if (!is_alphanumeric(c)) c = '_';
  return name;
}

// What people get wrong about a password without seeing it.
std::string nature_of(std::string_view value) {
  const std::size_t length = count_code_points(value);
  std::string nature = fmt::format("{} character{}", length, length == 1 ? "" : "s");
  if (trim(value) != value) nature += ", begins or ends with a space";
  if (std::ranges::any_of(value, [](char c) { return static_cast<unsigned char>(c) > 0x7e; }))
    nature += ", not all of them ASCII";
  return nature;
}

} // namespace

std::string variable_prefix(std::string_view ticket) {
  const std::string name = as_variable(ticket);
  return name.empty() || is_digit(name.front()) ? "TICKET_" + name : name;
}

bool LiftedValues::is_in(std::string_view text) const {
  constexpr std::size_t shortest = 3;
  const std::string folded = fold_case(text);
  return std::ranges::any_of(by_value_, [&](const auto& known) {
    return known.first.size() >= shortest && folded.contains(fold_case(known.first));
  });
}

std::string LiftedValues::new_variable(std::string_view property, std::string nature) {
  const std::string first = prefix_ + "_" + as_variable(property);
  std::string variable = first;
  for (std::size_t number = 2; std::ranges::find(all_, variable, &Lifted::variable) != all_.end(); ++number)
    variable = fmt::format("{}_{}", first, number);
  all_.push_back({variable, std::move(nature)});
  return fmt::format("${{env:{}}}", variable);
}

std::string LiftedValues::lift(std::string_view property, std::string_view value) {
  const auto known = by_value_.find(value);
  if (known != by_value_.end()) return known->second;
  return by_value_.emplace(value, new_variable(property, nature_of(value))).first->second;
}

std::string LiftedValues::lift_unseen(std::string_view property) {
  const auto known = unseen_.find(property);
  if (known != unseen_.end()) return known->second;
  return unseen_.emplace(property, new_variable(property, "what you typed, which Murphy did not see")).first->second;
}

} // namespace murphy::imported
