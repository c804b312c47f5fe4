// Events as JSON and back: the members of docs/journal.md.
#pragma once

#include "base/error.h"
#include "record/event.h"

#include <boost/json/fwd.hpp>

namespace murphy::record {

// `{"murphy": 2, "event": "step_finished", …}`. Strings are repaired to UTF-8.
boost::json::object to_json(const Event& event);

// A line of an older version is read as one of this version. Members that are missing keep their defaults, unknown ones
// are passed over. Errors: usage, naming the member that does not fit, or the version or event that is not known;
// without a place.
Result<Event> from_json(const boost::json::value& json);

} // namespace murphy::record
