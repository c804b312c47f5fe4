// Where tokens stand in what a browser and an app exchange, by the names they go under. Pure text in, text out.
#pragma once

#include "record/exchange.h"

#include <functional>
#include <string>
#include <string_view>

namespace murphy::record {

// Whether a value under this name opens doors: "csrf_token", "user[password]", "sid" always, "code" and "state" only
// when the value looks like a credential. Names of forms like `session[email]` go by their last part.
bool is_sensitive(std::string_view name, std::string_view value);

// Long, or with digits, or in mixed case, and without white space: "28f0c7", "SplxlOBeZQQ", not "invalid_grant".
bool looks_like_credential(std::string_view value);

// Whether a token is so unlike anything else that it may be looked for everywhere: `theme=dark` must not blacken a
// page.
bool is_unmistakable(std::string_view name, std::string_view value);

// Called with the name and the value of each token, the value without the escapes of the place it was found in; what it
// gives back stands there then.
using Replace = std::function<std::string(std::string_view name, std::string_view value)>;

// Tokens in any text, an HTML page, a console line, an address: `?name=value` and `&name=value`, `"name": "value"` and
// `'name' => 'value'`, <input name value>, <meta name content>, and the password of `//user:password@`.
std::string replace_in_text(std::string_view text, const Replace& replace);

// The same where the text begins with a pair: the body of a url-encoded form.
std::string replace_in_form(std::string_view text, const Replace& replace);

// The value of a header: each value of Cookie and Set-Cookie (names and attributes stay, as does what deletes a
// cookie), the credentials of Authorization and Proxy-Authorization (the scheme stays), headers that are named like
// tokens, and tokens in the text of any other.
std::string replace_in_header(const Header& header, const Replace& replace);

} // namespace murphy::record
