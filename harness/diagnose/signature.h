// The error formats of engines, frameworks and libraries: signatures.tsv, and what a project adds to it.
#pragma once

#include "base/error.h"
#include "base/regex.h"
#include "diagnose/literal_search.h"
#include "record/project_signature.h"
#include "record/suspect.h"

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::diagnose {

// One row. The pattern's groups are called `name` (what the error is about), `owner` (the table or class it was looked
// for in), `meant` and `second` (the engine's own suggestions), `choices` (a list of the names there are), `type`,
// `count`.
struct Signature {
  std::string engine{};
  record::Layer layer = record::Layer::unknown;
  bool data = false;      // written model|database: which of the two, the schema shows
  std::string kind{};     // "column", "csrf" …: what happened, see cause_text.cpp
  std::string contains{}; // in lower case; every line the pattern takes holds it
  std::string pattern{};
  std::string example{};
  std::string captures{}; // what the groups give on the example: "name=emial; owner=users"
  std::string source{};
};

// A line that a signature takes.
struct Match {
  std::size_t signature = 0;
  std::size_t begin = 0; // where the line stands in the text
  std::size_t end = 0;
  std::map<std::string, std::string> groups;
};

class Signatures {
public:
  // Those of signatures.tsv, compiled once.
  static const Signatures& built_in();
  // The rows of a table like signatures.tsv; `name` stands for it in errors. Errors: usage, with the line.
  static Result<std::vector<Signature>> read(std::string_view table, const std::string& name);
  // Errors: usage, naming the pattern that cannot be read, or that does not take its own example.
  static Result<Signatures> compile(std::vector<Signature> rows);
  // Those built in, after a project's own, which come first. Errors: usage, as compile.
  static Result<Signatures> with(const std::vector<record::ProjectSignature>& own);

  const std::vector<Signature>& rows() const { return rows_; }
  // Each line that a signature takes, once, by the first that takes it; in the order of the text.
  std::vector<Match> search(std::string_view text) const;
  // Whether some signature may take the line: one pass, no patterns.
  bool may_take(std::string_view text) const;

private:
  Signatures(std::vector<Signature> rows, std::vector<std::shared_ptr<const Regex>> patterns);
  std::vector<Signature> rows_;
  std::vector<std::shared_ptr<const Regex>> patterns_;
  std::vector<std::vector<std::pair<std::string, std::size_t>>> names_; // the named groups of each pattern
  LiteralSearch literals_;
};

} // namespace murphy::diagnose
