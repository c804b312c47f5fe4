// One file being read: its document, the errors found so far, and the reading of single values.
#pragma once

#include "scenario/document.h"
#include "scenario/model.h"
#include "scenario/references.h"
#include "scenario/vocabulary.h"

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

// What the texts of one part of a file speak of.
struct Mentions {
  std::vector<std::string> users;
  std::vector<EnvironmentUse> environment;
};

class Flows;

// Where a text stands: what it may refer to, and what was referred to so far.
struct Context {
  Reach reach;
  Mentions mentions;
  Flows* flows = nullptr; // that steps may use; null for the steps of [app]
  bool secret = false;    // the text is one: no part of it may be shown
};

// A key and its value, with how it is written: what every function that reads a value needs to explain itself.
struct Entry {
  std::string_view key; // as errors name it
  std::string_view example;
  const Node& value;
};

// Functions that give an optional or a bool have reported an error when they give nothing or false.
class Reading {
public:
  Reading(const Document& document, const Checks& checks) : document_(document), checks_(checks) {}

  const Document& document() const { return document_; }
  const Checks& checks() const { return checks_; }
  Errors take_errors();
  std::size_t errors() const { return errors_.size(); }
  void error(const Span& span, std::string what, std::string hint = {});
  Place place(const Span& span) const { return document_.place(span); }
  // A path that the file names, relative to its own folder, as seen from the working directory.
  std::string beside(const std::string& path) const;
  SharedText source_line(const Span& span) const { return document_.source_line(span); }

  // Reports every key that the table may not have, and those that come later. False when there was one that comes
  // later: what else is missing from the table may then be its business.
  bool check_keys(const Node& table, const Vocabulary& vocabulary);
  // `wanted` with its article: "text", "a list of texts".
  void wrong_type(const Entry& entry, std::string_view wanted);
  void is_empty(const Entry& entry);
  bool expect_kind(const Entry& entry, Node::Kind kind, std::string_view wanted);

  // Text that may hold references. They are checked against the context, which learns what they speak of.
  std::optional<Text> text(const Entry& entry, Context& context);
  std::optional<Text> filled_text(const Entry& entry, Context& context); // and it is not empty
  // Text, a number, a date, true or false, as text.
  std::optional<Text> scalar(const Entry& entry, Context& context);
  // The same for characters that stand at `value` in another form: keys, numbers.
  Text checked_text(const Node& value, std::string characters, Context& context);
  Text key_text(const Member& member, Context& context);
  // Text in which references have no meaning; a `${` in it is an error.
  std::optional<std::string> literal(const Entry& entry);
  std::optional<std::string> filled_literal(const Entry& entry); // and it is not empty
  // Text that is only shown, such as names: `${` has no meaning in it.
  std::optional<std::string> words(const Entry& entry);
  std::optional<std::vector<std::string>> list_of_words(const Entry& entry);
  std::optional<bool> boolean(const Entry& entry);
  std::optional<std::chrono::milliseconds> duration(const Entry& entry);
  std::optional<std::string> selector(const Entry& entry);
  std::shared_ptr<const Regex> regex(const Entry& entry); // null when it cannot be read
  std::optional<std::string> json_pointer(const Entry& entry);
  bool check_json_pointer(std::string_view pointer, const Span& span);

private:
  const Document& document_;
  const Checks& checks_;
  Errors errors_;
};

// Whether the table has a key that was probably meant to be this one; then its absence needs no error of its own.
bool has_misspelled(const Node& table, std::string_view key, const Vocabulary& vocabulary);

// An entry of a table under one of the keys of a vocabulary.
Entry entry(const Member& member, const Vocabulary& vocabulary);

} // namespace murphy::scenario
