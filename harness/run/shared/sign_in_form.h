// Whether a page asks to sign in. Pure.
#pragma once

#include "drive/driver.h"

#include <string_view>

namespace murphy::run {

bool asks_for_password(const drive::Page& page);

// Whether the page asks for a password and has the form that goes by these words.
bool shows_sign_in_form(const drive::Page& page, std::string_view form);

} // namespace murphy::run
