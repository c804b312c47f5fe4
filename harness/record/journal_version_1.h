// Lines of the first version of the journal, in which words stood where there is data now.
#pragma once

#include <boost/json/fwd.hpp>

namespace murphy::record {

// The same line as this version writes it. What does not fit is left as it is, for the reader to refuse.
boost::json::object from_version_1(boost::json::object line);

} // namespace murphy::record
