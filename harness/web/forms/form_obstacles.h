// What keeps a machine from sending a form as a person does: scripts, captchas, and fields that are traps.
#pragma once

#include "web/forms/form.h"

#include <string>

namespace murphy::web {

// Whether people never see the field, so that only machines fill it in: out of the page by its style, or hidden from
// those who listen and from the keyboard alike. Styles in style sheets are not known.
bool is_trap(const Control& control);

// What of the form asks for the proof of a person ("class g-recaptcha"); empty: nothing does.
std::string captcha_in(const Forms& forms, const Form& form);

// What shows that a script sends the form in place of the browser ("onsubmit"); empty: nothing does. No script is run.
std::string script_that_sends(const Form& form);

} // namespace murphy::web
