#include "base/secret.h"

#include <openssl/crypto.h>

namespace murphy {

void wipe(std::string& text) {
  // Up to the capacity: a short string that was moved from still holds its characters behind its end.
  text.resize(text.capacity());
  OPENSSL_cleanse(text.data(), text.size());
  text.clear();
}

Secret::Secret(std::string&& characters, std::string label)
    : characters_(std::move(characters)), label_(std::move(label)) {
  wipe(characters);
}

Secret::~Secret() { wipe(characters_); }

std::string Value::shown() const { return secret_ ? "‹" + secret_->label() + "›" : plain_; }

} // namespace murphy
