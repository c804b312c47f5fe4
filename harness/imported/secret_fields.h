// Which fields take a password or a code, by their names and by what people read beside them. Pure; case does not
// count.
#pragma once

#include <string_view>

namespace murphy::imported {

// Whether a name in the source of a page or a label says that a password goes in: "user[passwd]", "pass", "Kennwort",
// "Mot de passe", in the languages whose words of sign-in Murphy knows.
bool names_a_password(std::string_view name);

// The same of a code that lets somebody in or pays: "pin", "otp_code", "2fa", "tan", "cvc".
bool names_a_code(std::string_view name);

// Whether what somebody signs in with goes by this name: "user[login]", "email",
// "Benutzername"; not "user_type".
bool names_a_login(std::string_view name);

// A tick or a switch, as pages send it: "1", "on", "false". It says nothing of anybody.
bool is_switch(std::string_view value);

} // namespace murphy::imported
