// The ways one character can be written down: as itself, percent-encoded, as an entity of HTML, behind a backslash.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace murphy::record {

// A way to read a text at some place: `size` bytes are meant by the `length` bytes that stand there.
struct DecodedReading {
  std::array<char, 4> bytes{};
  std::uint32_t size = 0;
  std::uint32_t length = 0;
  std::string_view view() const { return {bytes.data(), size}; }
  bool operator==(const DecodedReading&) const = default;
};

// All ways to read a text at one place. There is room for every one that occurs; what exceeds it is left out.
class Readings {
public:
  void clear() { count_ = 0; }
  void add(const DecodedReading& reading);
  std::size_t size() const { return count_; }
  const DecodedReading& operator[](std::size_t i) const { return readings_[i]; }

private:
  std::array<DecodedReading, 24> readings_;
  std::size_t count_ = 0;
};

// Whether a byte can mean more than itself together with those behind it.
bool begins_spelling(char c);

// Reads a text as it may have been escaped, up to so many layers deep: `&amp;quot;` and `%2526` are two layers.
class SpellingReader {
public:
  explicit SpellingReader(std::string_view text) : text_(text) {}

  void read(std::size_t at, int layers, Readings& into);
  // The byte there when it can only mean itself.
  std::optional<char> plain(std::size_t at) const;
  // Whether a reading since the last reset would have looked behind the end of the text.
  bool ran_out() const { return ran_out_; }
  void reset() { ran_out_ = false; }

private:
  struct Cursor {
    std::size_t begin; // where the whole spelling begins
    std::size_t at;
    int layers; // how the characters behind may be spelled themselves
  };
  // Each adds what is meant when the characters before the cursor are taken for an escape's beginning.
  void undo(char opener, const Cursor& behind, Readings& into);
  void percent(Cursor cursor, Readings& into);
  void entity(Cursor cursor, Readings& into);
  void backslash(const Cursor& cursor, Readings& into);
  void unicode_escape(Cursor cursor, Readings& into);
  void quote(char opener, const Cursor& behind, Readings& into);

  // The next character, spelled as the cursor's layers allow; the cursor moves on only when it fits.
  std::optional<char> take(Cursor& cursor, bool (*accepts)(char));
  bool take_exactly(Cursor& cursor, std::string_view characters);
  std::optional<char32_t> take_hex(Cursor& cursor, int at_least, int at_most);

  std::string_view text_;
  bool ran_out_ = false;
};

} // namespace murphy::record
