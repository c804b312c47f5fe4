// A connection to the app's database that can only read, and not for long. For the sources beside it, which know SOCI.
#pragma once

#include "target/catalogue.h"
#include "target/database_address.h"

#include <string>
#include <string_view>

namespace soci {
class session;
}

namespace murphy::target {

const Catalogue& catalogue_of(DatabaseAddress::Engine engine);

// Connects, and limits what follows. Throws what SOCI throws.
void open_session(soci::session& session, const DatabaseAddress& address);

// The engine's own words, on one line, of what SOCI makes of them.
std::string words_of_failure(std::string_view message);

} // namespace murphy::target
