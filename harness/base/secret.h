// A secret is a type: it cannot be printed, formatted, compared by accident or copied, and it is wiped when it dies.
#pragma once

#include <memory>
#include <string>
#include <string_view>

namespace murphy {

// Overwrites every byte the string holds or once held in its buffer, and leaves it empty.
void wipe(std::string& text);

class Secret {
public:
  // Takes the characters over and wipes the string it was given. `label` names the secret in place of its text
  // ("ada.password").
  Secret(std::string&& characters, std::string label);
  ~Secret();
  Secret(const Secret&) = delete;
  Secret& operator=(const Secret&) = delete;
  Secret(Secret&&) = delete;
  Secret& operator=(Secret&&) = delete;

  const std::string& label() const { return label_; }

  // The characters themselves. Called where a request is encoded, where keys are sent to a browser, and by the
  // redactor, which must know what to hide. Nowhere else.
  std::string_view reveal() const { return characters_; }

private:
  std::string characters_;
  std::string label_;
};

// Text that goes to the app: plain, or secret as a whole when any part of it was secret.
class Value {
public:
  Value() = default;
  explicit Value(std::string plain) : plain_(std::move(plain)) {}
  explicit Value(std::shared_ptr<const Secret> secret) : secret_(std::move(secret)) {}

  bool is_secret() const { return secret_ != nullptr; }
  // The text as it may be shown: a secret is `‹label›`.
  std::string shown() const;
  // The text as it is sent; see Secret::reveal for who may call this.
  std::string_view reveal() const { return secret_ ? secret_->reveal() : std::string_view(plain_); }
  // The secret, or null for plain text.
  const std::shared_ptr<const Secret>& secret() const { return secret_; }

private:
  std::string plain_;
  std::shared_ptr<const Secret> secret_;
};

} // namespace murphy
