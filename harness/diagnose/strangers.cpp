#include "diagnose/strangers.h"

#include "base/address.h"
#include "base/text.h"
#include "diagnose/trace.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>

namespace murphy::diagnose {

namespace {

// "Login failed for user 'root' from 203.0.113.9": somebody at that address; of a database server there would be no
// address, or one in brackets behind the sentence.
bool is_refusal_of_visitor(std::string_view line) {
  constexpr std::string_view begin = "ogin failed for user ", from = " from ";
  std::size_t at = line.find(begin);
  if (at == std::string_view::npos) return false;
  at = line.find(from, at + begin.size());
  return at != std::string_view::npos && at + from.size() < line.size() && is_digit(line[at + from.size()]);
}

} // namespace

bool is_of_strangers(std::string_view line) {
  if (contains_any(line, {"Invalid character found in method name", "TLS handshake error from ",
                          "role \"root\" does not exist",
                          "receive data from client: ", "send data to client: ", "could not accept SSL connection",
                          "while SSL handshaking, client:", "login failure by ", "authentication attempt by "}) ||
      is_refusal_of_visitor(line))
    return true;
  constexpr std::string_view header = "HTTP_HOST header: '";
  const std::size_t at = line.find(header);
  if (at == std::string_view::npos) return false;
  std::string_view host = line.substr(at + header.size());
  host = host.substr(0, host.find_first_of("':"));
  constexpr std::array<std::string_view, 4> own = {"127.", "10.", "172.", "192.168."};
  return std::ranges::count(host, '.') == 3 && host.find_first_not_of("0123456789.") == std::string_view::npos &&
         std::ranges::none_of(own, [&](std::string_view begin) { return host.starts_with(begin); });
}

bool is_asked_by_strangers(std::string_view address) {
  const std::string path = "/" + ascii_lower(address_parts(address).path);
  // What browsers ask for with any page, and crawlers of any site; what nobody serves on purpose, and what was once
  // open in software that many have.
  return contains_any(path, {"/favicon", "/apple-touch-icon", "/robots.txt", "/sitemap.xml", "/ads.txt",
                             "/.well-known/assetlinks.json"}) ||
         contains_any(path, {"/.env", "/.git", "/.aws", "/.ssh", "/wp-admin", "/wp-includes", "/wp-login.php",
                             "/xmlrpc.php", "/phpmyadmin", "/phpunit", "/cgi-bin/", "/boaform", "/hnap1"});
}

} // namespace murphy::diagnose
