// How finding by words names things and says what it did not find; shared by the naming_*.cpp files.
#pragma once

#include "base/error.h"
#include "web/forms/form.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// An error of kind target.
std::unexpected<Error> not_found(std::string what, std::string hint);

std::string in_quotes(std::string_view words);
std::string form_called(const Forms& forms, const Form& form); // `"Sign in"`
std::string form_line(const Forms& forms, const Form& form);   // as describe_forms has it
std::string control_line(const Control& control); // `"Email": name "user[email]", id "user_email", type email`
std::string list(std::string_view heading, const std::vector<std::string>& lines); // nothing for no lines
std::string as_hint(const std::vector<std::string>& lines);                        // the lines that say something

// What a button is called, in ranks (see naming_match.h).
std::vector<std::vector<std::string>> button_names(const Control& control);
// Whether pressing one button sends the same as pressing the other.
bool does_the_same(const Control& left, const Control& right);
// The buttons that go by these words and submit nothing, and what to say of them.
std::vector<const Control*> buttons_without_effect(const Forms& forms, std::string_view words);
std::vector<std::string> idle_buttons(const Forms& forms, std::string_view words);
// Errors: target, when the button cannot be pressed.
Result<void> check_pressable(const Control& button);

} // namespace murphy::web
