// The basic URL parser (https://url.spec.whatwg.org/#concept-basic-url-parser) for http and https. Each function below
// is one state, or a run of states that only differ for other schemes; every one ends where the next begins.
#include "base/make_error.h"
#include "base/percent.h"
#include "base/text.h"
#include "web/url/host.h"
#include "web/url/url.h"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace murphy::web {

class UrlParser {
public:
  UrlParser(std::string input, const Url* base) : input_(std::move(input)), base_(base) {}

  Result<Url> run() {
    if (auto failed = scheme_state()) return std::unexpected(std::move(*failed));
    join_path();
    return std::move(url_);
  }

private:
  using Failure = std::optional<Error>;

  std::string input_;
  const Url* base_;
  Url url_;
  std::vector<std::string> segments_;
  std::size_t pointer_ = 0;

  bool at_end() const { return pointer_ >= input_.size(); }
  std::string_view remaining() const { return std::string_view(input_).substr(pointer_); }
  static bool is_slash(char c) { return c == '/' || c == '\\'; } // both, in a special URL
  bool at_slash() const { return !at_end() && is_slash(input_[pointer_]); }

  static Failure failure(std::string reason, std::string hint = {}) {
    return usage_error(std::move(reason), std::move(hint));
  }

  // Scheme start state, scheme state.
  Failure scheme_state() {
    const std::string_view text = input_;
    const auto is_scheme_character = [](char c) { return is_alphanumeric(c) || c == '+' || c == '-' || c == '.'; };
    if (text.empty() || !is_letter(text[0])) return no_scheme_state();
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text, is_scheme_character) - text.begin());
    if (end == text.size() || text[end] != ':') return no_scheme_state();
    url_.scheme_ = ascii_lower(text.substr(0, end));
    if (url_.scheme_ != "http" && url_.scheme_ != "https") {
      return failure("its scheme is \"" + url_.scheme_ + ":\"",
                     "write an address that begins with http:// or https://");
    }
    pointer_ = end + 1;
    // Special relative or authority state: "http:x" is relative to a base of the same scheme.
    if (base_ != nullptr && base_->scheme_ == url_.scheme_ && !remaining().starts_with("//")) return relative_state();
    return special_authority_slashes_state();
  }

  Failure no_scheme_state() {
    if (base_ == nullptr) {
      return failure("it does not begin with http:// or https://",
                     "write the whole address, as in http://localhost:8080/");
    }
    url_.scheme_ = base_->scheme_;
    return relative_state();
  }

  // Relative state, relative slash state.
  Failure relative_state() {
    if (at_slash()) {
      if (remaining().size() > 1 && is_slash(remaining()[1])) return special_authority_slashes_state();
      copy_authority();
      return path_start_state();
    }
    copy_authority();
    copy_path();
    url_.query_ = base_->query_;
    if (at_end()) return {};
    if (input_[pointer_] == '?' || input_[pointer_] == '#') return query_and_fragment_states();
    url_.query_.reset();
    if (!segments_.empty()) segments_.pop_back();
    return path_state();
  }

  void copy_authority() {
    url_.username_ = base_->username_;
    url_.password_ = base_->password_;
    url_.host_ = base_->host_;
    url_.port_ = base_->port_;
  }

  void copy_path() {
    std::string_view rest = base_->path_;
    while (!rest.empty()) {
      rest.remove_prefix(1); // the "/" before each segment
      const std::size_t slash = rest.find('/');
      segments_.emplace_back(rest.substr(0, slash));
      rest = slash == std::string_view::npos ? std::string_view() : rest.substr(slash);
    }
  }

  // Special authority slashes state, special authority ignore slashes state.
  Failure special_authority_slashes_state() {
    while (at_slash()) ++pointer_;
    return authority_state();
  }

  // Authority state: what stands before the last "@" is user name and password.
  Failure authority_state() {
    const std::string_view rest = remaining();
    const std::string_view authority = rest.substr(0, rest.find_first_of("/\\?#"));
    const std::size_t at = authority.rfind('@');
    if (at != std::string_view::npos) {
      const std::string_view credentials = authority.substr(0, at);
      const std::size_t colon = credentials.find(':');
      url_.username_ = percent_encode(credentials.substr(0, colon), EncodeSet::userinfo);
      if (colon != std::string_view::npos) {
        url_.password_ = percent_encode(credentials.substr(colon + 1), EncodeSet::userinfo);
      }
    }
    pointer_ += authority.size();
    return host_state(at == std::string_view::npos ? authority : authority.substr(at + 1));
  }

  // Host state, port state.
  Failure host_state(std::string_view host_and_port) {
    bool inside_brackets = false;
    std::size_t colon = std::string_view::npos;
    for (std::size_t i = 0; i < host_and_port.size() && colon == std::string_view::npos; ++i) {
      if (host_and_port[i] == '[') inside_brackets = true;
      if (host_and_port[i] == ']') inside_brackets = false;
      if (host_and_port[i] == ':' && !inside_brackets) colon = i;
    }
    if (host_and_port.substr(0, colon).empty()) return failure("it has no host");
    auto host = parse_host(host_and_port.substr(0, colon));
    if (!host) return std::move(host.error());
    url_.host_ = std::move(*host);
    if (colon != std::string_view::npos) {
      if (auto failed = port_state(host_and_port.substr(colon + 1))) return failed;
    }
    return path_start_state();
  }

  Failure port_state(std::string_view digits) {
    if (digits.empty()) return {};
    std::uint32_t port = 0;
    for (const char c : digits) {
      if (c < '0' || c > '9') return failure("its port is not a number");
      port = port * 10 + static_cast<std::uint32_t>(c - '0');
      if (port > 65535) return failure("its port is above 65535");
    }
    const std::uint32_t scheme_default = url_.secure() ? 443 : 80;
    if (port != scheme_default) url_.port_ = static_cast<std::uint16_t>(port);
    return {};
  }

  Failure path_start_state() {
    if (at_slash()) ++pointer_;
    return path_state();
  }

  static bool is_single_dot(std::string_view segment) {
    return segment == "." || equal_ignoring_ascii_case(segment, "%2e");
  }

  static bool is_double_dot(std::string_view segment) {
    return segment == ".." || equal_ignoring_ascii_case(segment, ".%2e") ||
           equal_ignoring_ascii_case(segment, "%2e.") || equal_ignoring_ascii_case(segment, "%2e%2e");
  }

  Failure path_state() {
    for (;;) {
      const std::string_view rest = remaining();
      const std::string_view segment = rest.substr(0, rest.find_first_of("/\\?#"));
      pointer_ += segment.size();
      const bool slash_follows = at_slash();
      if (is_double_dot(segment)) {
        if (!segments_.empty()) segments_.pop_back();
        if (!slash_follows) segments_.emplace_back();
      } else if (is_single_dot(segment)) {
        if (!slash_follows) segments_.emplace_back();
      } else {
        segments_.push_back(percent_encode(segment, EncodeSet::path));
      }
      if (!slash_follows) return query_and_fragment_states();
      ++pointer_;
    }
  }

  // Query state, fragment state.
  Failure query_and_fragment_states() {
    std::string_view rest = remaining();
    if (rest.starts_with('?')) {
      const std::string_view query = rest.substr(1, rest.find('#') - 1);
      url_.query_ = percent_encode(query, EncodeSet::special_query);
      rest.remove_prefix(1 + query.size());
    }
    if (rest.starts_with('#')) url_.fragment_ = percent_encode(rest.substr(1), EncodeSet::fragment);
    return {};
  }

  void join_path() {
    for (const std::string& segment : segments_) url_.path_ += "/" + segment;
    if (url_.path_.empty()) url_.path_ = "/";
  }
};

namespace {

// 1.-3. Remove leading and trailing C0 control or space; remove all ASCII tab or newline.
std::string cleaned(std::string_view input) {
  const auto is_trimmed = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!input.empty() && is_trimmed(input.front())) input.remove_prefix(1);
  while (!input.empty() && is_trimmed(input.back())) input.remove_suffix(1);
  std::string out = repair_utf8(input);
  std::erase_if(out, [](char c) { return c == '\t' || c == '\n' || c == '\r'; });
  return out;
}

// How an error names the address: without user name and password, and not endlessly long.
std::string shown(std::string_view input) {
  constexpr std::size_t limit = 200;
  std::string out(input);
  const std::size_t slashes = out.find("//");
  const std::size_t authority = slashes == std::string::npos ? 0 : slashes + 2;
  const std::size_t at = out.substr(0, out.find_first_of("/\\?#", authority)).rfind('@');
  if (slashes != std::string::npos && at != std::string::npos) out.erase(authority, at + 1 - authority);
  if (out.size() > limit) out = repair_utf8(out.substr(0, limit)) + "…";
  return out;
}

} // namespace

Result<Url> Url::parse(std::string_view input, const Url* base) {
  const std::string text = cleaned(input);
  auto url = UrlParser(text, base).run();
  if (!url) url.error().what = "the address \"" + shown(text) + "\" cannot be read: " + url.error().what;
  return url;
}

} // namespace murphy::web
