// `${references}` in text: what they are made of, and which mean something where they stand. Pure.
#pragma once

#include "scenario/model.h"
#include "scenario/reader.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::scenario {

struct SplitText {
  std::vector<Text::Part> parts;
  std::vector<std::size_t> offsets; // where each part begins in the text, in bytes
  std::optional<Problem> problem;   // a reference that is not closed or names nothing
};

// The literal parts and the references of a text; `$${` is a literal `${`.
SplitText split_references(std::string_view text);

// Which names mean something at one place.
struct Reach {
  const Project& project;
  const Checks& checks;
  bool users = true;                 // ${ada.email}
  bool user = false;                 // ${user.email}: the account that signs in
  bool port = false;                 // ${port}
  bool number = false;               // ${n}: of an account in a pool
  bool steps = true;                 // ${unique} and captures
  bool flow = false;                 // the steps are those of a flow
  std::vector<std::string> captures; // of earlier steps; parameters of the flow, columns of the examples
};

// What is wrong with a reference, as what and hint; nothing when it means something.
std::optional<Problem> check_reference(std::string_view name, const Reach& reach);

// The user of `user.property`, or nothing when the reference is of another kind.
std::optional<std::string_view> user_of(std::string_view name);
// NAME of `env:NAME`.
std::optional<std::string_view> variable_of(std::string_view name);
// NAME of `port:NAME`; empty for `port`.
std::optional<std::string> port_named(std::string_view name);

// Whether a user, capture or variable may be called so: a letter, then letters, digits, - and _.
bool is_name(std::string_view text);
// Words that mean something of their own in `${}` and so cannot be names.
bool is_reserved(std::string_view name);

} // namespace murphy::scenario
