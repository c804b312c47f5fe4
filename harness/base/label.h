// What people call a field, a button or a form, and when two such names are the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace murphy {

// As people read it (plain_words), without the colon, asterisk or dots at a label's end.
std::string undecorated(std::string_view name);

// How names are compared: undecorated, and case folded.
std::string comparable(std::string_view name);

// Whether what goes by these names is meant by those words: "email *:" means a field with the label "Email". `names`
// are all its names: label, name, id.
bool goes_by(const std::vector<std::string>& names, std::string_view words);

// The last of the parts that form builders put into the name of a field: "email" of "user[email]", "Login.email",
// "form:email" and "ctl00$email".
std::string_view last_part(std::string_view name);

} // namespace murphy
