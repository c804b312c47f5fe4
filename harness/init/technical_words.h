// What names in the source of a page and addresses tell, which are English whatever language the page is in. Pure.
#pragma once

#include <initializer_list>
#include <string_view>

namespace murphy::init {

// Whether the text has any of the parts, which are in lower case; the case of its ASCII letters does not count.
bool has_any(std::string_view text, std::initializer_list<std::string_view> parts);

// Whether an address or a name speaks of signing in ("/users/sign_in"), or out ("/logout").
bool leads_in(std::string_view name);
bool leads_out(std::string_view name);

} // namespace murphy::init
