#include "diagnose/strangers.h"

#include "base/address.h"
#include "base/text.h"
#include "diagnose/trace.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <vector>

namespace murphy::diagnose {

namespace {

// "Login failed for user 'root' from 203.0.113.9": somebody at that address, and nothing of why. Of a database server
// there would be no address, or one in brackets behind the sentence.
bool is_refusal_of_visitor(std::string_view line) {
  constexpr std::string_view begin = "ogin failed for user ", from = " from ";
  std::size_t at = line.find(begin);
  if (at == std::string_view::npos) return false;
  at = line.find(from, at + begin.size());
  if (at == std::string_view::npos) return false;
  const std::string_view address = trim(line.substr(at + from.size()));
  return !address.empty() && is_digit(address.front()) &&
         address.find_first_not_of("0123456789abcdefABCDEF.:") == std::string_view::npos;
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
  // What browsers ask for with any page, and crawlers of any site: by the name of the file. What nobody serves on
  // purpose, and what was once open in software that many have: by the name of a folder or file.
  static constexpr std::array<std::string_view, 6> files = {"favicon.",    "apple-touch-icon", "robots.txt",
                                                            "sitemap.xml", "ads.txt",          "assetlinks.json"};
  static constexpr std::array<std::string_view, 11> names = {".env",       ".git",        ".aws",         ".ssh",
                                                             "wp-admin",   "wp-includes", "wp-login.php", "xmlrpc.php",
                                                             "phpmyadmin", "phpunit",     "boaform"};
  const std::vector<std::string_view> segments = split(path, '/');
  const auto is_file = [&](std::string_view file) { return segments.back().starts_with(file); };
  const auto is_name = [](std::string_view segment) { return std::ranges::find(names, segment) != names.end(); };
  return std::ranges::any_of(files, is_file) || std::ranges::any_of(segments, is_name);
}

} // namespace murphy::diagnose
