#include "words/dropped_cookie_text.h"

#include <fmt/format.h>

namespace murphy::words {

std::string reason_text(const record::DroppedCookie& cookie) {
  using record::CookieDrop;
  switch (cookie.why) {
  case CookieDrop::control_character: return "the line holds a control character";
  case CookieDrop::too_long:
    return fmt::format("name and value together are {} bytes, and browsers keep 4096 at most", cookie.bytes);
  case CookieDrop::empty: return "the line has neither a name nor a value";
  case CookieDrop::domain_not_ascii: return "its Domain contains characters that are not ASCII";
  case CookieDrop::domain_public_suffix:
    return fmt::format("its Domain \"{}\" is a public suffix, which no site may set cookies for", cookie.domain);
  case CookieDrop::domain_elsewhere:
    return fmt::format("its Domain \"{}\" does not cover {}", cookie.domain, cookie.host);
  case CookieDrop::secure_over_http: return "it is Secure, and the answer came over plain http";
  case CookieDrop::same_site_none_insecure: return "SameSite=None needs the attribute Secure";
  case CookieDrop::cross_site:
    return "the answer is of another site, and only SameSite=None cookies are kept from there";
  case CookieDrop::prefix_without_name: return "it has no name, and its value begins like a prefixed name";
  case CookieDrop::prefix_secure_insecure: return "the prefix __Secure- needs the attribute Secure";
  case CookieDrop::prefix_host_insecure: return "the prefix __Host- needs the attribute Secure";
  case CookieDrop::prefix_host_domain: return "the prefix __Host- allows no Domain";
  case CookieDrop::prefix_host_path: return "the prefix __Host- needs Path=/";
  case CookieDrop::shadows_secure:
    return "it would shadow a Secure cookie of the same name, and the answer came over plain http";
  case CookieDrop::unknown: break;
  }
  return "the journal does not say why";
}

} // namespace murphy::words
