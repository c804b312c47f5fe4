// A failure as data, for comparing: what it is made of, as the journal writes it, without its place and with single
// quotes: {'code':'wrong_status', …}
#pragma once

#include "record/event_json.h"

#include <algorithm>
#include <boost/json.hpp>
#include <string>

namespace murphy::run {

inline std::string data_of(const record::Failure& failure) {
  record::StepFinished event;
  event.step.failures = {failure};
  const boost::json::object line = record::to_json(event);
  const boost::json::object& whole = line.at("step").at("failures").at(0).get_object();
  boost::json::object data;
  for (const auto& [name, value] : whole)
    if (name != "place" && name != "source_line") data.emplace(name, value);
  std::string text = boost::json::serialize(data);
  std::ranges::replace(text, '"', '\'');
  return text;
}

} // namespace murphy::run
