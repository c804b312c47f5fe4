// Until when a certificate is good, as what a watch says of it.
#pragma once

#include "watch/look.h"
#include "web/http/certificate.h"

#include <string>

namespace murphy::cli {

// Passed while it is good for more than 21 days; more urgent at 7 days, at one day, and once it has ended. Pure.
watch::CheckLook look_of_certificate(const std::string& check, web::CertificateEnd end, watch::Instant now);

} // namespace murphy::cli
