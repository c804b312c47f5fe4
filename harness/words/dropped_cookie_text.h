// Why no browser keeps a cookie, for people.
#pragma once

#include "record/dropped_cookie.h"

#include <string>

namespace murphy::words {

// Half a sentence: "it is Secure, and the answer came over plain http".
std::string reason_text(const record::DroppedCookie& cookie);

} // namespace murphy::words
