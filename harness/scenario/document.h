// A TOML file as a tree of values with their places, in the order of the file. The only door to toml++.
#pragma once

#include "base/clear_text.h"
#include "base/error.h"

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// A stretch of one line; columns and length in code points, from 1.
struct Span {
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t length = 1;
};

struct Member;

struct Node {
  enum class Kind { text, integer, real, boolean, date, array, table };
  Kind kind = Kind::table;
  Span span;      // of the value; for a table with a header, of the header
  WipedText text; // text: its characters; everything else that is neither array nor table: as spelled in the file
  std::int64_t integer = 0;
  double real = 0;
  bool boolean = false;
  std::vector<Node> items;     // array
  std::vector<Member> members; // table, in the order of the file

  bool is(Kind other) const { return kind == other; }
  const Member* find(std::string_view key) const;
};

struct Member {
  std::string key;
  Span span; // of the key
  Node value;
};

// The key and, when it ends on the same line, its value.
Span span_of(const Member& member);

// "text", "a number", … as an error message says it.
std::string_view name_of(Node::Kind kind);

// The lines of a text, into which they look.
class Lines {
public:
  explicit Lines(std::string_view text = {});
  std::size_t size() const { return lines_.size(); }
  std::string_view operator[](std::size_t number) const { return lines_[number - 1]; } // from 1
  const std::vector<std::string_view>& all() const { return lines_; }
  // The byte at which a column (from 1) of the line begins; the line's size when it is shorter.
  std::size_t byte_of(std::size_t number, std::uint32_t column) const;

private:
  std::vector<std::string_view> lines_; // without line feed and carriage return
  std::vector<bool> ascii_;
};

class Document {
public:
  // Parses TOML 1.0. `shown` is the text as errors may show it, with the same lines and columns as `text`.
  // Errors: usage, at the place where the file stops being TOML, in words a person understands.
  static Result<Document> parse(std::string file, std::string_view text, std::string shown);

  std::string_view file() const { return file_; }
  const Node& root() const { return root_; }
  Place place(const Span& span) const;
  // The line that the span stands on, as it may be shown; of lines beyond any editor's width only the beginning, or
  // nothing when the span is not in it.
  SharedText source_line(const Span& span) const;
  // The span of `length` bytes at `offset` inside the characters of a text; the whole value when escapes or line breaks
  // keep its characters from standing in the file as they are.
  Span inside(const Node& text, std::size_t offset, std::size_t length) const;

private:
  Document() = default;
  SharedText file_;
  std::shared_ptr<const ClearText> text_; // without a byte order mark; may hold secrets
  std::shared_ptr<const std::string> shown_;
  Lines lines_, shown_lines_;
  mutable std::map<std::uint32_t, SharedText> source_lines_; // those that were asked for, by their numbers
  Node root_;
};

} // namespace murphy::scenario
