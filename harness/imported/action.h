// What a person did in a browser, one thing after the other, as every recorder has it.
#pragma once

#include <string>

namespace murphy::imported {

struct Action {
  enum class Kind { open, type, press, enter, see_text, see_title, see_element, other };
  // What a value is for that nobody told, and whether it is known at all: a file does not say which field hides it.
  enum class Hidden { no, password, code, unknown };
  Kind kind = Kind::other;
  std::string name{};   // of the field or the button, as a scenario names it; of another action, its own
  std::string value{};  // the address, what was typed or is to be seen
  bool loads = false;   // a page followed,
  std::string page{};   // at this address
  std::string title{};  // and with this title, as far as the recorder says so
  bool is_link = false; // `loads` by a link, which sends nothing that was typed
  bool ticks = false;   // `value` says whether a box is ticked: "true" or "false"
  Hidden hidden = Hidden::no;
};

} // namespace murphy::imported
