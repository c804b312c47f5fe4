// JSON as people and simple readers expect it.
#pragma once

#include <boost/json/value.hpp>
#include <string>

namespace murphy {

// The value as JSON, with numbers as people write them: 2.5 and 100, not 2.5E0 and 1E2.
std::string json_text(const boost::json::value& value);

} // namespace murphy
