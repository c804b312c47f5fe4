// What an account is called in a project file, and which variables of the environment speak of it. Pure.
#pragma once

#include <string>
#include <string_view>

namespace murphy::init {

// The name of a user who signs in with this: "ada" of "Ada@example.com", "ada_lovelace" of "Ada Lovelace". Empty where
// nothing of it can begin a name.
std::string user_name_of(std::string_view login);

// "ADA_PASSWORD" of "ada" and "password"; "ADA_B_EMAIL" of "ada-b" and "email".
std::string variable_of(std::string_view user, std::string_view property);

} // namespace murphy::init
