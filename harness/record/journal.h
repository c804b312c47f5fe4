// The journal of a run: JSON lines, one event a line, described in docs/journal.md. Every report is made from it.
#pragma once

#include "base/error.h"
#include "record/event.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <sys/types.h>
#include <vector>

namespace murphy::record {

// What this murphy writes, and the oldest that it reads.
inline constexpr int journal_version = 2;
inline constexpr int oldest_journal_version = 1;

// A journal being written. Not for several threads at once.
class JournalWriter {
public:
  // Makes the file, or empties it. Errors: internal, naming the path, why it cannot be written, and what to do.
  static Result<JournalWriter> open(const std::string& path);
  ~JournalWriter();
  JournalWriter(JournalWriter&& other) noexcept;
  JournalWriter& operator=(JournalWriter&&) = delete;

  // Adds one line with one write(2), so that a killed run leaves whole lines. Redact the event before. Errors:
  // internal, when it could not be written whole (disk full).
  Result<void> write(const Event& event);

private:
  JournalWriter(std::string path, int descriptor) : path_(std::move(path)), descriptor_(descriptor) {}
  std::string path_;
  int descriptor_;
  off_t written_ = 0; // bytes of whole lines
};

// One line of the journal, with its line feed. Always valid UTF-8, whatever bytes the event holds.
std::string journal_line(const Event& event);

// Reads a journal that comes in pieces, a line at a time: so much of it is held as one line is long.
class JournalReader {
public:
  // `name` stands for the file in errors.
  explicit JournalReader(std::string name) : name_(std::move(name)) {}

  // Hands over the events of the lines that are whole now. Errors: usage, as read_journal; so when a line has no end.
  Result<void> add(std::string_view piece, const EventSink& take);
  // The end of the journal: a last line that ends in its middle is what a killed run was writing, and is left out.
  Result<void> finish(const EventSink& take);

private:
  enum class LineEnd { newline, end_of_file };
  Result<void> line(std::string_view text, LineEnd end, const EventSink& take);
  std::string name_;
  std::string pending_;
  std::uint32_t number_ = 0; // of the last line that was read
  bool any_ = false;
};

// The events of a journal. A last line that ends in its middle is what a killed run was writing: it is left out.
// Errors: usage, when the file cannot be read, is no journal, has another version or a broken line; the place names
// file and line.
Result<std::vector<Event>> read_journal(const std::string& path);
// The same from text; `name` stands for the file in errors.
Result<std::vector<Event>> parse_journal(std::string_view text, const std::string& name);

} // namespace murphy::record
