// Until when the certificate of a server is good, whoever has signed it.
#pragma once

#include "base/error.h"
#include "web/http/resolve.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace murphy::web {

// What a client says before TLS begins.
enum class BeforeTls {
  nothing,
  postgresql, // SSLRequest: https://www.postgresql.org/docs/15/protocol-flow.html
  mysql,      // of MariaDB, too; SSLRequest: https://mariadb.com/kb/en/connection/
};

struct TlsServer {
  std::string host; // as in a URL
  std::uint16_t port = 0;
  BeforeTls before = BeforeTls::nothing;
};

using CertificateEnd = std::chrono::sys_seconds;

// Connects, asks for the certificate and leaves; nothing else is sent. None: the server speaks no TLS there. MariaDB
// and MySQL count it as a connection that broke, and shut out a host with 100 of them in a row: sign in between two.
// Errors: target, when it cannot be reached by the deadline or shows no certificate.
Result<std::optional<CertificateEnd>> certificate_end(const TlsServer& server,
                                                      const std::vector<ResolveOverride>& resolve,
                                                      std::chrono::steady_clock::time_point deadline);

} // namespace murphy::web
