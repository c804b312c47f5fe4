// Which earlier steps of a case a failure is about: an expectation is about the page of the step before it, and a page
// that sends back to sign-in is about the attempt to sign in. Pure.
#pragma once

#include "record/result.h"

#include <cstddef>
#include <span>
#include <vector>

namespace murphy::record {

// The earlier steps that the last of these is about, by their indices, in order; empty when it speaks for itself:
// - for a step that sent nothing, the last one that did: it looks at that one's page;
// - for a page that was opened and sent the visitor back to sign in, the step that had submitted the sign-in form.
// A step of another session counts for neither, nor an attempt after which the same page was open.
std::vector<std::size_t> steps_behind(std::span<const StepResult> steps);

} // namespace murphy::record
