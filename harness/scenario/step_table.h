// The keys of a step: what each verb and each modifier is called, how it is written, who reads it, and which go
// together. A new one is a row in step_table.cpp.
#pragma once

#include "scenario/model.h"
#include "scenario/vocabulary.h"

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace murphy::scenario {

struct Context;
struct Entry;
struct Member;
struct Node;
class Reading;

// What stands beside a verb, as a set.
enum class Modifier : unsigned {
  none = 0,
  with = 1U << 0U,
  send = 1U << 1U,
  fields = 1U << 2U,
  valid = 1U << 3U,
  error = 1U << 4U,
  name = 1U << 5U,
  when = 1U << 6U,
  redirects = 1U << 7U,
  eventually = 1U << 8U,
  timeout = 1U << 9U,
  expect = 1U << 10U,
  capture = 1U << 11U,
  by = 1U << 12U,
  allow_error = 1U << 13U,
  errors = 1U << 14U,
  writes = 1U << 15U,
  before = 1U << 16U,
};
constexpr Modifier operator|(Modifier left, Modifier right) {
  return static_cast<Modifier>(static_cast<unsigned>(left) | static_cast<unsigned>(right));
}
constexpr bool has(Modifier set, Modifier one) {
  return (static_cast<unsigned>(set) & static_cast<unsigned>(one)) != 0;
}

// Whether a verb ends on a page made for people, which must not be a server error unless the step says so.
enum class Loads { page, no_page };

// Where a verb may be a step: the flows of [app] neither sign in nor out, for that is what they are used for.
enum class StepOf { any, scenario };

// Why a verb does not take some modifiers, where more is to be said than which verbs do.
struct Refusal {
  Modifier modifiers = Modifier::none;
  std::string_view because{}; // goes on after `"expect" does not apply to "session", `; may be empty
  std::string_view hint;
};

struct VerbRow {
  std::string_view key;
  std::string_view example;
  Loads loads = Loads::no_page;
  StepOf step_of = StepOf::any;
  Modifier takes = Modifier::none; // beside `name` and `when`, which go with every verb
  std::array<Refusal, 2> refusals{};
  std::size_t alternative = std::variant_npos; // of Verb
  std::optional<Verb> (*read)(Reading&, const Member& verb, const Node& step, Context&) = nullptr;

  bool takes_it(Modifier modifier) const;
};

struct ModifierRow {
  Modifier modifier = Modifier::none;
  std::string_view key;
  std::string_view example;
  std::string_view instead; // what to write where the verb does not take it; empty: it is named which verbs do
  void (*read)(Reading&, const Member& modifier, Context&, Step&) = nullptr;
};

// In the order in which messages list them. One that is a modifier, too (`expect`), is the verb of a step without any
// other.
std::span<const VerbRow> verbs();
// In the order in which they are read.
std::span<const ModifierRow> modifiers();

const VerbRow* find_verb(std::string_view key); // null when no verb is called so
const VerbRow& row_of(const Verb& verb);

} // namespace murphy::scenario
