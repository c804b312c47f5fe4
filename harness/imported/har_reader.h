// Reads a HAR file of any size piece by piece: one entry is kept at a time.
#pragma once

#include "base/error.h"
#include "imported/har_entry.h"

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace murphy::imported {

// Longer texts are left out: a body, whether an answer's or a request's, and any other text.
constexpr std::size_t longest_body = std::size_t{4} << 20;
constexpr std::size_t longest_text = std::size_t{64} << 10;

class HarReader {
public:
  // `take` hears of every entry, in the order of the file.
  explicit HarReader(std::function<void(HarEntry)> take);
  ~HarReader();
  HarReader(const HarReader&) = delete;
  HarReader& operator=(const HarReader&) = delete;

  // Errors: usage, at the byte where the text stops being JSON; nothing is to be read after one.
  Result<void> read(std::string_view piece);

  // How the file ends.
  enum class Ending { whole, cut_short, no_entries };
  Ending finish();

  // Entries that were read whole.
  std::size_t entries() const;
  // Who wrote the file: "WebInspector", "Playwright", "Firefox".
  const std::string& creator() const;

private:
  struct State;
  std::unique_ptr<State> state_;
};

} // namespace murphy::imported
