// What must never be shown, and how it is taken out of everything that is: the one redactor every record passes.
#pragma once

#include "base/secret.h"
#include "record/matcher.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace murphy::record {

// Knows secrets and tokens, and replaces every spelling of them. Safe to call from several threads; learn before the
// text arrives. Redact whole values before shortening them: of half a secret only the beginning is found again, before
// an ellipsis and at the end of a long text.
class Redactor {
public:
  // Draws the key of the tags. Fails by terminating when the system gives no random numbers.
  Redactor();

  // Shown as `‹label›` from now on. An empty secret is nothing to hide.
  void learn(std::shared_ptr<const Secret> secret);

  // A value that opens doors but is nobody's secret: a cookie, a CSRF token, an Authorization value, a one-time code.
  // Shown as `‹kind:a1b2›`. The kind it was learned under first is kept. `of` is the id of the case that holds it, or
  // of an attempt at it, which adds `#` and more; empty: it is known for good.
  void learn_token(std::string_view kind, std::string_view value, std::string_view of = {});
  // Whether the token is known; if so, the case holds it as well from now on.
  bool hold_token(std::string_view value, std::string_view of);
  // The case has ended with all of its attempts. Of the tokens that no other case holds, the latest stay known: what an
  // app writes of a session may come after the case; so long as they stay, however many follow, is `released_tokens`.
  void release_tokens(std::string_view of);
  static constexpr std::size_t released_tokens = 1000;
  // A run has ended, and others follow: the tokens that were known for good are released as well. Else a process that
  // makes run after run would know more and more.
  void release_lasting_tokens();

  // The text with every spelling of everything learned replaced: raw, percent-encoded (any set, any hex case, `+` for
  // space), HTML-escaped, escaped as in JSON, JavaScript, Python, Ruby, PHP, SQL and the shell, any three of these over
  // one another, base64 and base64url at any alignment and with line breaks, hexadecimal. What is shorter than 4
  // characters is replaced only where it is the whole text. Text that spells nothing learned comes back as it was.
  std::string redact(std::string_view text) const;

  // `‹kind:a1b2›`: the four digits are the same for equal values (percent-decoded) and, all but certainly, differ for
  // others. They tell nothing about the value and change from process to process. Of a `SAMLResponse` that refuses, its
  // status comes along: `‹SAMLResponse status:AuthnFailed:a1b2›`.
  std::string token_mask(std::string_view kind, std::string_view value) const;

private:
  friend class RedactingStream;
  struct Redacted {
    std::string text;
    std::size_t taken = 0; // bytes of the input that are settled
  };
  enum class Extent { whole, beginning };
  Redacted redact_part(std::string_view text, Extent extent) const;
  // A value that a matcher looks for.
  struct Sought {
    SecretMatcher* by = nullptr;
    SealedText value;
  };
  std::vector<Sought> learn_values(std::string_view value, const std::vector<ClearText>& spellings,
                                   const std::vector<ClearText>& encoded, const std::string& mask);
  struct KnownToken {
    std::vector<Sought> sought;
    std::set<std::string, std::less<>> holders;
    bool is_lasting = false;
    std::uint64_t released = 0; // when its last holder let it go
  };
  using KnownTokens = std::unordered_map<std::string, KnownToken>; // by the sealed value
  void hold(KnownTokens::value_type& token, std::string_view of);
  void note_released(KnownTokens::value_type& token);
  void forget_released();

  mutable std::shared_mutex mutex_;
  std::array<unsigned char, 32> key_{};
  SecretMatcher plain_{SecretMatcher::Alphabet::text};
  SecretMatcher base64_{SecretMatcher::Alphabet::base64};
  SecretMatcher short_{SecretMatcher::Alphabet::text};
  std::set<std::pair<std::string, std::string>> secrets_; // sealed, and their masks
  KnownTokens tokens_;
  std::map<std::string, std::vector<std::string>, std::less<>> held_; // tokens by who holds them
  std::deque<std::pair<std::string, std::uint64_t>> released_;        // tokens and when, the oldest first
  std::uint64_t releases_ = 0;
};

// The same over text that comes in pieces: nothing is handed out while it may still turn out to begin a secret. What is
// shorter than 4 characters is not looked for. The redactor must outlive the stream.
class RedactingStream {
public:
  explicit RedactingStream(const Redactor& redactor) : redactor_(redactor) {}
  // What is settled after this piece; may be empty.
  std::string push(std::string_view piece);
  // The rest. The stream is empty afterwards and can be used again.
  std::string finish();

private:
  const Redactor& redactor_;
  std::string kept_;
};

} // namespace murphy::record
