// What must never be shown, and how it is taken out of everything that is: the one redactor every record passes.
#pragma once

#include "base/secret.h"
#include "record/matcher.h"

#include <array>
#include <cstddef>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
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
  // Shown as `‹kind:a1b2›`. The kind it was learned under first is kept.
  void learn_token(std::string_view kind, std::string_view value);

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
  void learn_values(std::string_view value, const std::vector<ClearText>& spellings,
                    const std::vector<ClearText>& encoded, const std::string& mask);

  mutable std::shared_mutex mutex_;
  std::array<unsigned char, 32> key_{};
  SecretMatcher plain_{SecretMatcher::Alphabet::text};
  SecretMatcher base64_{SecretMatcher::Alphabet::base64};
  SecretMatcher short_{SecretMatcher::Alphabet::text};
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
