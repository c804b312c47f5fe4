// What is kept of the steps that passed.
#pragma once

namespace murphy::run {

// Of a step that did not pass, everything is kept.
enum class Kept {
  outcome,  // what a validation proved is part of it
  requests, // and the form, and of pages what they are
  pages,    // and what pages say
};

} // namespace murphy::run
