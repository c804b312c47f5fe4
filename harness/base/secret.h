// A secret is a type: it cannot be printed, formatted, compared by accident or copied, and it lies sealed in memory.
#pragma once

#include "base/sealed_text.h"

#include <memory>
#include <string>
#include <utility>

namespace murphy {

class Secret {
public:
  // `label` names the secret in place of its text ("ada.password"). `outline` is the text as a record may show it,
  // where only parts of it are secret ("Bearer ‹api.key›"); left out, it is the label's mask.
  Secret(const ClearText& characters, std::string label) : Secret(SealedText(characters.view()), std::move(label)) {}
  Secret(SealedText characters, std::string label, std::string outline = {});
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&&) = delete;
  Secret& operator=(Secret&&) = delete;

  const std::string& label() const { return label_; }
  const std::string& outline() const { return outline_; }
  // `‹label›`; of a text that a scenario puts together, each reference for itself: `/land?x=‹ada.token›`.
  std::string mask() const;

  // To be put into another secret.
  const SealedText& sealed() const { return characters_; }
  // The characters themselves; tests/architecture lists the files that may ask for them.
  ClearText reveal() const { return characters_.reveal(); }

private:
  SealedText characters_;
  std::string label_;
  std::string outline_;
};

// Text that goes to the app: plain, or secret as a whole when any part of it was secret.
class Value {
public:
  Value() = default;
  explicit Value(std::string plain) : plain_(std::move(plain)) {}
  explicit Value(std::shared_ptr<const Secret> secret) : secret_(std::move(secret)) {}

  bool is_secret() const { return secret_ != nullptr; }
  // The text of a plain one; empty for a secret.
  const std::string& text() const { return plain_; }
  // The text as it may be shown: a secret is its mask.
  std::string shown() const { return secret_ ? secret_->mask() : plain_; }
  // The same with what is not secret of a secret around it: `Bearer ‹api.key›`.
  const std::string& outline() const { return secret_ ? secret_->outline() : plain_; }
  // The secret, or null for plain text.
  const std::shared_ptr<const Secret>& secret() const { return secret_; }

private:
  std::string plain_;
  std::shared_ptr<const Secret> secret_;
};

// The characters of a value, plain or secret; tests/architecture lists the files that may ask for them.
ClearText reveal(const Value& value);

// Another text in place of the value's: secret, under the same label, where the value is.
Value with_text(const Value& value, const ClearText& text);

} // namespace murphy
