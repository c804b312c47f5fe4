// Percent-encoding, as the URL standard defines it (https://url.spec.whatwg.org/#percent-encoded-bytes).
#pragma once

#include <string>
#include <string_view>

namespace murphy {

// The standard's percent-encode sets: which ASCII characters are encoded. Every byte outside of ASCII always is.
// `reserved` is RFC 3986's (2.3): all but letters, digits, "-", ".", "_" and "~".
enum class EncodeSet {
  c0_control,
  fragment,
  query,
  special_query,
  path,
  userinfo,
  component,
  form_urlencoded,
  reserved
};

bool must_encode(char byte, EncodeSet set);

// Encodes byte by byte with upper-case digits; a "%" already there is left as it is, except by the sets component and
// form_urlencoded. A space becomes "%20" in every set; form_urlencode() below makes it "+".
std::string percent_encode(std::string_view bytes, EncodeSet set);

// Undoes "%41"; a "%" that does not begin two hexadecimal digits stays. The result may be any bytes.
std::string percent_decode(std::string_view text);

// A name or a value of application/x-www-form-urlencoded (URL standard, 5): "x+y". It is in the form's encoding
// already.
std::string form_urlencode(std::string_view text);

// A name or a value of such a text as it was before: percent_decode() with "+" read as a space.
std::string form_urldecode(std::string_view text);

} // namespace murphy
