// What each verb does with the driver.
#pragma once

#include "drive/driver.h"
#include "scenario/model.h"
#include "scenario/variables.h"

namespace murphy::run {

// Performs one verb: resolves its texts and asks the driver.
class Performer {
public:
  Performer(drive::Driver& driver, scenario::Scope& scope, const drive::Limits& limits)
      : driver_(driver), scope_(scope), limits_(limits) {}

  drive::Visited operator()(const scenario::Open& open);
  drive::Visited operator()(const scenario::Submit& submit);
  drive::Visited operator()(const scenario::Click& click);
  drive::Visited operator()(const scenario::Request& request);

  // What the form would send.
  std::expected<record::FilledForm, drive::Obstacle> preview(const scenario::Submit& submit);

private:
  // A form to submit, without references.
  struct ResolvedForm {
    std::string words;
    std::vector<drive::Filling> with;
    std::vector<drive::SentEntry> send;
  };
  Result<ResolvedForm> resolved(const scenario::Submit& submit);
  Result<std::vector<drive::Filling>> fillings(const std::vector<scenario::Filling>& with);

  drive::Driver& driver_;
  scenario::Scope& scope_;
  const drive::Limits& limits_;
};

} // namespace murphy::run
