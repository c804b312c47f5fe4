// A person who goes through cases step by step.
#pragma once

#include "drive/driver.h"
#include "record/event.h"
#include "scenario/model.h"

#include <functional>
#include <vector>

namespace murphy::run {

// Nothing that it is given is masked.
class Guide {
public:
  enum class Moment { before_a_step, after_a_failure };
  // `repeat` is about the step that did not pass, or before a step, about the last one. After a failure, `go_on` ends
  // the case with it, and `skip` lets it stand and goes on with the next step.
  enum class Answer { go_on, repeat, skip, quit };

  // What there is to see.
  struct View {
    const record::PlannedCase& planned;
    Moment moment = Moment::before_a_step;
    record::StepResult step;            // with the page at hand, the form, and the console since the last time
    std::vector<drive::Cookie> cookies; // of the session
    bool may_repeat = false;            // else there is no last step, or a flow has begun or ended since
    // Judges the page at hand, see StepRunner::try_out().
    std::function<Result<std::vector<record::Failure>>(const std::vector<scenario::Expectation>&)> try_out;
  };

  virtual ~Guide() = default;
  // Whether to be asked there. A cleanup asks nobody.
  virtual bool stops(const record::PlannedCase& planned, const Place& step, Moment moment) = 0;
  // Blocks until the person has answered, with `repeat` only where that may be. The scenario's timeout rests meanwhile.
  // Who quits sees to it that the run stops.
  virtual Answer ask(const View& view) = 0;
};

} // namespace murphy::run
