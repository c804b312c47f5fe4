#include "web/navigation/challenge.h"

#include "base/base64.h"
#include "base/hash.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <utility>

namespace murphy::web {
namespace {

// RFC 9110, section 5.6.2, and the "=" that ends a token68.
bool is_token_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").contains(c);
}

// Reads one header from its beginning.
class ChallengeReader {
public:
  explicit ChallengeReader(std::string_view header) : rest_(header) {}

  void read(std::vector<Challenge>& into) {
    for (;;) {
      skip(" \t,");
      const std::string word = token();
      if (word.empty()) return;
      const std::size_t blanks = skip(" \t");
      if (!into_.has_value() || !at('=')) {
        finish(into);
        into_ = Challenge{.scheme = ascii_lower(word), .parameters = {}};
        // "Negotiate abc==": one value without a name.
        if (blanks > 0) skip_token68();
        continue;
      }
      rest_.remove_prefix(1);
      skip(" \t");
      auto value = at('"') ? quoted() : std::optional(token());
      if (!value) return finish(into);
      into_->parameters.emplace(ascii_lower(word), std::move(*value));
    }
  }

  void finish(std::vector<Challenge>& into) {
    if (into_) into.push_back(std::move(*into_));
    into_.reset();
  }

private:
  bool at(char c) const { return !rest_.empty() && rest_.front() == c; }

  std::size_t skip(std::string_view characters) {
    const std::size_t count = std::min(rest_.find_first_not_of(characters), rest_.size());
    rest_.remove_prefix(count);
    return count;
  }

  std::string token() {
    const auto end = std::ranges::find_if_not(rest_, is_token_character);
    const std::string_view found = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(found.size());
    return std::string(found);
  }

  void skip_token68() {
    const std::size_t end = std::min(rest_.find_first_of(" \t,"), rest_.size());
    const std::string_view word = rest_.substr(0, end);
    const std::size_t equals = word.find('=');
    const bool is_parameter =
        equals != std::string_view::npos && word.find_first_not_of('=', equals) != std::string_view::npos;
    const bool begins_parameter = equals == std::string_view::npos && trim(rest_.substr(end)).starts_with('=');
    if (!is_parameter && !begins_parameter && (equals != std::string_view::npos || word.contains('/')))
      rest_.remove_prefix(end);
  }

  std::optional<std::string> quoted() {
    std::string text;
    for (std::size_t place = 1; place < rest_.size(); ++place) {
      if (rest_[place] == '"') {
        rest_.remove_prefix(place + 1);
        return text;
      }
      if (rest_[place] == '\\' && place + 1 < rest_.size()) ++place;
      text += rest_[place];
    }
    return std::nullopt;
  }

  std::string_view rest_;
  std::optional<Challenge> into_;
};

struct Algorithm {
  Hash hash = Hash::md5;
  bool of_session = false;
};

std::optional<Algorithm> algorithm_of(const Challenge& challenge) {
  std::string name = ascii_lower(challenge.parameter("algorithm"));
  Algorithm algorithm;
  if (name.ends_with("-sess")) {
    algorithm.of_session = true;
    name.resize(name.size() - std::string_view("-sess").size());
  }
  if (name.empty() || name == "md5") return algorithm;
  if (name == "sha-256") return Algorithm{Hash::sha256, algorithm.of_session};
  if (name == "sha-512-256") return Algorithm{Hash::sha512_256, algorithm.of_session};
  return std::nullopt;
}

bool offers_auth(const std::string& qop) {
  return std::ranges::any_of(split(qop, ','),
                             [](std::string_view each) { return equal_ignoring_ascii_case(trim(each), "auth"); });
}

std::string in_quotes(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted + '"';
}

} // namespace

std::string Challenge::parameter(std::string_view name) const {
  const auto found = parameters.find(std::string(name));
  return found == parameters.end() ? std::string() : found->second;
}

std::vector<Challenge> challenges(const std::vector<record::Header>& headers) {
  std::vector<Challenge> all;
  for (const std::string* header : record::find_headers(headers, "WWW-Authenticate")) {
    ChallengeReader reader(*header);
    reader.read(all);
    reader.finish(all);
  }
  return all;
}

bool is_answerable(const Challenge& challenge) {
  if (challenge.scheme == "basic") return true;
  if (challenge.scheme != "digest" || challenge.parameter("nonce").empty() || !algorithm_of(challenge)) return false;
  const std::string qop = challenge.parameter("qop");
  return qop.empty() || offers_auth(qop);
}

std::string basic_answer(std::string_view user, std::string_view password) {
  return "Basic " + base64_encode(fmt::format("{}:{}", user, password));
}

std::string digest_answer(const Challenge& challenge, std::string_view user, std::string_view password,
                          const DigestRequest& request) {
  const Algorithm algorithm = *algorithm_of(challenge);
  const auto digest = [&](const std::string& text) { return hex_digest(algorithm.hash, text); };
  const std::string realm = challenge.parameter("realm"), nonce = challenge.parameter("nonce");
  const bool has_qop = offers_auth(challenge.parameter("qop"));
  const std::string count = fmt::format("{:08x}", request.count);

  // RFC 7616, section 3.4.
  std::string account = digest(fmt::format("{}:{}:{}", user, realm, password));
  if (account.empty()) return {};
  if (algorithm.of_session) account = digest(fmt::format("{}:{}:{}", account, nonce, request.cnonce));
  const std::string asked = digest(fmt::format("{}:{}", request.method, request.target));
  const std::string response =
      has_qop ? digest(fmt::format("{}:{}:{}:{}:auth:{}", account, nonce, count, request.cnonce, asked))
              : digest(fmt::format("{}:{}:{}", account, nonce, asked));

  const bool hides_name = equal_ignoring_ascii_case(challenge.parameter("userhash"), "true");
  std::string answer =
      "Digest username=" + in_quotes(hides_name ? digest(fmt::format("{}:{}", user, realm)) : std::string(user));
  const auto add = [&](std::string_view name, const std::string& value) {
    answer += fmt::format(", {}={}", name, value);
  };
  add("realm", in_quotes(realm));
  add("nonce", in_quotes(nonce));
  add("uri", in_quotes(request.target));
  if (const std::string name = challenge.parameter("algorithm"); !name.empty()) add("algorithm", name);
  add("response", in_quotes(response));
  if (const std::string opaque = challenge.parameter("opaque"); !opaque.empty()) add("opaque", in_quotes(opaque));
  if (has_qop) {
    add("qop", "auth");
    add("nc", count);
  }
  if (has_qop || algorithm.of_session) add("cnonce", in_quotes(request.cnonce));
  if (hides_name) add("userhash", "true");
  return answer;
}

} // namespace murphy::web
