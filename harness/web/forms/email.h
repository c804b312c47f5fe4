// E-mail addresses as type=email understands them (WHATWG HTML, 4.10.5.1.5), which is neither RFC 5322 nor whether mail
// would arrive.
#pragma once

#include <string>
#include <string_view>

namespace murphy::web {

bool is_valid_email(std::string_view address);

// The address as browsers keep it when it is typed: an international domain in its ASCII form, if it has one.
std::string email_with_ascii_domain(std::string_view address);

} // namespace murphy::web
