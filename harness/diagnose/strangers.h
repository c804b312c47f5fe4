// What strangers leave in the log of every app that can be reached.
#pragma once

#include <string_view>

namespace murphy::diagnose {

// What scanners, probes of containers and people who mistype a password leave in every log: a request for the address
// of the machine, a handshake that a client breaks off, a probe of the database without an account.
bool is_of_strangers(std::string_view line);

// An address that browsers ask for by themselves, or scanners of everybody: "/favicon.ico", "/.env",
// "/wp-includes/wlwmanifest.xml". No page of the app leads there, whether it has it or not.
bool is_asked_by_strangers(std::string_view address);

} // namespace murphy::diagnose
