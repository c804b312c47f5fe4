// What is kept of the steps that passed.
#pragma once

namespace murphy::run {

// Of a step that did not pass, everything is kept.
enum class Kept {
  outcome,  // what a validation proved is part of it
  requests, // and the form that was sent
  pages,    // and the pages that were reached
};

} // namespace murphy::run
