// What goes into the Authorization header of HTTP.
#pragma once

#include "base/secret.h"

namespace murphy {

// `secret` as it is, or a name and a password by a scheme: Basic (RFC 7617), Digest (RFC 7616).
struct Authorization {
  enum class Scheme { as_written, basic, digest };
  Scheme scheme = Scheme::as_written;
  Value user; // empty for as_written
  Value secret;
};

} // namespace murphy
