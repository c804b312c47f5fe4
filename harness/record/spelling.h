// The ways one character can be written down: as itself, percent-encoded, as an entity of HTML, behind a backslash.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

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
  static constexpr std::size_t most = 24;
  void clear() {
    count_ = 0;
    are_alike_ = true;
  }
  void add(const DecodedReading& reading);
  std::size_t size() const { return count_; }
  const DecodedReading& operator[](std::size_t i) const { return readings_[i]; }
  // Whether all mean the same characters, by spellings of other lengths.
  bool are_alike() const { return are_alike_; }

private:
  std::array<DecodedReading, most> readings_;
  std::size_t count_ = 0;
  bool are_alike_ = true;
};

// The character that windows-1252 has for a byte (https://encoding.spec.whatwg.org/#windows-1252).
char32_t windows_1252(unsigned char byte);

// Whether a byte can mean more than itself together with those behind it.
bool begins_spelling(char c);

// Reads a text as it may have been escaped, up to so many layers deep: `&amp;quot;` and `%2526` are two layers.
// What was read once is known wherever the same characters stand again, so that a text of one repeated escape takes
// time in proportion to its length.
class SpellingReader {
public:
  explicit SpellingReader(std::string_view text) : text_(text) {}

  // Valid until the next call.
  const Readings& read(std::size_t at, int layers);
  // The byte there when it can only mean itself.
  std::optional<char> plain(std::size_t at);
  // Whether a reading since the last reset would have looked behind the end of the text.
  bool ran_out() const { return farthest_ > text_.size(); }
  void reset() { farthest_ = 0; }
  // How many readings had to be worked out: a measure of the time taken that no clock disturbs.
  std::size_t work() const { return work_; }

private:
  struct Cursor {
    std::size_t begin; // where the whole spelling begins
    std::size_t at;
    int layers; // how the characters behind may be spelled themselves
  };
  // Readings worked out before, and how many characters they depend on, one behind the end included.
  struct Known {
    static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);
    std::size_t at = nowhere;
    std::size_t reach = 0;
    int layers = 0;
    Readings readings;
  };
  Known& place_of(std::size_t at, int layers);
  bool holds(const Known& known, std::size_t at, int layers) const;
  void look_at(std::size_t at) { farthest_ = at + 1 > farthest_ ? at + 1 : farthest_; }

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
  std::size_t farthest_ = 0; // one behind the last place looked at
  std::size_t work_ = 0;
  Readings itself_; // of a character that no layer is taken off
  std::vector<Known> known_;
};

} // namespace murphy::record
