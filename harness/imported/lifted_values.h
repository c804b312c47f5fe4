// Values that a scenario takes from the environment, for they must not or need not stand in the file. Pure.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::imported {

// The ticket as a name of the environment: "SUP_1423" of "SUP-1423", "TICKET_1423" of "1423".
std::string variable_prefix(std::string_view ticket);

class LiftedValues {
public:
  explicit LiftedValues(std::string_view ticket) : prefix_(variable_prefix(ticket)) {}

  // A reference to the variable that stands for this value: "${env:SUP_1423_PASSWORD}". A value has one variable,
  // whoever asks for it. `property` is what it is: "password", "email".
  std::string lift(std::string_view property, std::string_view value);

  // The same of a value that nobody knows. All of one property are taken for the same.
  std::string lift_unseen(std::string_view property);

  // Whether the text holds a value that was lifted; shorter ones than three characters are anywhere.
  bool is_in(std::string_view text) const;

  struct Lifted {
    std::string variable;
    std::string nature; // what may be said of the value: "12 characters, begins or ends with a space"
  };
  const std::vector<Lifted>& all() const { return all_; }

private:
  std::string new_variable(std::string_view property, std::string nature);

  std::string prefix_;
  std::vector<Lifted> all_;
  std::map<std::string, std::string, std::less<>> by_value_; // the reference of each
  std::map<std::string, std::string, std::less<>> unseen_;   // the same by property
};

} // namespace murphy::imported
