// Values out of messages: what people typed and what opens doors. Names of tables, columns and fields stay.
#pragma once

#include <string>
#include <string_view>

namespace murphy::diagnose {

// One line on which values are masked: e-mail addresses, passwords in addresses, hashes, tokens, values compared with
// or inserted by SQL, values of an inspected object, members and parameters with telling names. At most 240 columns.
std::string masked(std::string_view line);

} // namespace murphy::diagnose
