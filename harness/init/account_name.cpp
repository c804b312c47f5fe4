#include "init/account_name.h"

#include "base/text.h"

namespace murphy::init {

std::string user_name_of(std::string_view login) {
  std::string name;
  for (const char c : ascii_lower(login.substr(0, login.find('@')))) {
    if (is_alphanumeric(c))
      name += c;
    else if (!name.empty() && !name.ends_with('_'))
      name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  const bool begins_well = !name.empty() && is_letter(name.front());
  return begins_well ? name : std::string();
}

std::string variable_of(std::string_view user, std::string_view property) {
  std::string variable = ascii_upper(user) + "_" + ascii_upper(property);
  for (char& c : variable)
    if (!is_alphanumeric(c)) c = '_';
  return variable;
}

} // namespace murphy::init
