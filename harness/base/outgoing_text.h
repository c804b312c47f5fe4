// What goes to the app, put together of plain and secret parts: the secret ones stay what they are until the wire.
#pragma once

#include "base/secret.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace murphy {

class OutgoingText {
public:
  OutgoingText() = default;
  OutgoingText(std::string plain) { append(std::move(plain)); } // NOLINT(google-explicit-constructor)

  void append(std::string_view plain);
  void append(const Value& value);
  void clear() { parts_.clear(); }

  // In bytes, on the wire.
  std::size_t size() const;
  bool empty() const { return size() == 0; }
  // As it may be shown: secrets are masked where they stand.
  std::string outline() const;
  // The labels of the secrets in it, each once.
  std::vector<std::string> secrets() const;
  // Adds the text in clear.
  void reveal_to(ClearText& text) const;

private:
  struct Part {
    std::string plain;
    std::shared_ptr<const Secret> secret; // null for a plain part
  };
  std::vector<Part> parts_;
};

} // namespace murphy
