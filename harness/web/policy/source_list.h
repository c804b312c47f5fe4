// The source lists of a Content Security Policy, and what they match
// (https://w3c.github.io/webappsec-csp/#match-url-to-source-list). Where Chromium differs from the standard, as
// Chromium does.
#pragma once

#include "base/digest.h"
#include "web/url/url.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::web {

// Whether a URL is where the request was first sent, or where a redirect led: paths do not matter to the latter.
enum class Reached { directly, by_redirect };

// An inline script, as a policy sees it.
struct InlineScript {
  enum class Kind { element, handler }; // <script>, or an attribute such as onload
  Kind kind = Kind::element;
  std::string_view text;
  std::string_view nonce;  // of an element; empty for none
  std::uint32_t place = 0; // of its element in the page, which rises
};

class SourceList {
public:
  // `value` is what stands behind the directive's name.
  static SourceList parse(std::string_view value);

  // Whether a URL may be loaded by a page at `self`.
  bool matches(const Url& url, const Url& self, Reached reached) const;
  bool allows(const InlineScript& script) const;

private:
  struct Port {
    bool any = false;
    std::optional<std::uint16_t> number;
  };
  struct Host {
    std::string scheme; // lower case; empty: the page's own
    std::string name;   // lower case; empty with any_below: every host
    bool any_below = false;
    Port port;
    std::string path; // decoded; empty: every path
  };
  struct Hash {
    DigestKind kind = DigestKind::sha256;
    std::string digest;
  };
  static std::optional<Host> parse_host(std::string_view expression);
  static bool matches(const Host& host, const Url& url, const Url& self, Reached reached);

  bool everything_ = false; // *
  bool self_ = false;
  bool unsafe_inline_ = false;
  bool unsafe_hashes_ = false;
  bool strict_dynamic_ = false;
  std::vector<std::string> schemes_, nonces_;
  std::vector<Host> hosts_;
  std::vector<Hash> hashes_;
};

} // namespace murphy::web
