#include "web/url/public_suffix.h"

#include "web/url/host.h"

#include <libpsl.h>

namespace murphy::web {

bool is_public_suffix(std::string_view host) {
  return psl_is_public_suffix(psl_builtin(), std::string(host).c_str()) != 0;
}

std::string registrable_domain(std::string_view host) {
  std::string whole(host);
  if (is_ip_address(host)) return whole;
  const char* domain = psl_registrable_domain(psl_builtin(), whole.c_str());
  return domain == nullptr ? whole : std::string(domain);
}

bool same_site(const Url& left, const Url& right) {
  return left.scheme() == right.scheme() && registrable_domain(left.host()) == registrable_domain(right.host());
}

} // namespace murphy::web
