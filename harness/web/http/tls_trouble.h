// What a certificate or a TLS handshake fails on, in words.
#pragma once

#include "base/error.h"

#include <string>

struct x509_store_ctx_st; // OpenSSL's X509_STORE_CTX

namespace murphy::web {

// What OpenSSL's verification objects to in the certificate it is looking at. `host` is as in a URL. Kind target.
Error certificate_trouble(x509_store_ctx_st* store, const std::string& host);

// What an OpenSSL error code of a handshake with `host` means; 0: the connection was closed. Kind target.
Error handshake_trouble(unsigned long code, const std::string& host, bool has_client_certificate);

} // namespace murphy::web
