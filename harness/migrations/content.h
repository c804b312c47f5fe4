// What the files of some tools say of themselves. Pure.
#pragma once

#include "migrations/file.h"

#include <string>
#include <string_view>
#include <vector>

namespace murphy::migrations {

// The texts in quotes behind `name =` at the beginning of a line, up to the end of the value; none: there is no such
// line. A value in brackets may go over several lines.
std::vector<std::string> python_texts(std::string_view text, std::string_view name);

// A change set of Liquibase, with the file that it notes.
struct ChangeSet {
  std::string id, author;
  bool has_condition = false; // a context, a label or a kind of database
};

// Of a changelog in XML, YAML, JSON or SQL, by the ending of its name.
std::vector<ChangeSet> change_sets_in(std::string_view path, std::string_view text);

// The path that a changelog gives itself; empty: its own.
std::string logical_path(std::string_view text);

} // namespace murphy::migrations
