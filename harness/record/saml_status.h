// What a SAML response says of itself, without what it says of the visitor.
#pragma once

#include <string>
#include <string_view>

namespace murphy::record {

// "status:AuthnFailed": the innermost status code (SAML 2.0 Core, section 3.2.2.2) of a SAMLResponse as it is sent, in
// base64 (Bindings, section 3.5.4) and deflated (section 3.4.4.1), with or without percent-encoding. Empty for success,
// for codes of other namespaces and for what is no response.
std::string saml_status(std::string_view encoded);

} // namespace murphy::record
