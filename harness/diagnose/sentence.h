// Error messages of software that no signature knows, read as the sentences they are.
#pragma once

#include "record/suspect.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// "Unrecognized option "form_logn" under "firewalls.main". Did you mean "form_login"?": that something is not there or
// is refused, what kind of thing it is, its name, where it was looked for, and which names the message offers.
struct Sentence {
  std::string_view kind; // "column", "setting" …: one of the kinds of signatures, see cause_words.h
  record::Layer layer = record::Layer::unknown;
  bool data = false;  // model or database: which of the two, the schema shows
  std::string name{}; // may be empty, where the words alone tell the kind
  std::string owner{};
  std::vector<std::string> meant{};   // what the message suggests
  std::vector<std::string> choices{}; // the names it lists
};

// Whether a line is source code, which debug pages and traces show around the place that failed: what it would say, it
// has not said.
bool is_source_code(std::string_view line);

// Whether a line can hold such a sentence: one pass over it, for leaving out most of a long log.
bool may_be_sentence(std::string_view line);

// Reads one line; `next` is what follows it, where suggestions and lists often stand. None for a line that complains of
// nothing, or of something of no kind that matters here.
std::optional<Sentence> read_sentence(std::string_view line, std::string_view next = {});

// What a line and the one behind it offer in place of a name: what they suggest, and the names that they list.
struct Offers {
  std::vector<std::string> meant, choices;
};
Offers read_offers(std::string_view line, std::string_view next, const std::string& name);

} // namespace murphy::diagnose
