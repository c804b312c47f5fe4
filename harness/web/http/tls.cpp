#include "web/http/tls.h"

#include "base/make_error.h"

#include "web/http/tls_trouble.h"
#include "web/url/host.h"

#include <cerrno>
#include <cstdlib>
#include <string_view>
#include <system_error>
#include <utility>

#include <fmt/format.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace murphy::web {
namespace {

constexpr std::size_t sessions_kept = 4; // for each host; a TLS 1.3 server hands out two at a time

std::unexpected<Error> unusable(std::string what, std::string hint = {}) {
  ERR_clear_error();
  return std::unexpected(usage_error(std::move(what), std::move(hint)));
}

Result<void> must_be_readable(std::string_view setting, const std::string& file) {
  if (access(file.c_str(), R_OK) == 0) return {};
  return unusable(fmt::format("{}: cannot read {}: {}", setting, file, std::generic_category().message(errno)),
                  "write the path of a PEM file");
}

// Keys with a pass phrase are refused rather than asked for on the terminal.
int no_pass_phrase(char*, int, int, void*) { return 0; }

Result<void> trust(SSL_CTX* context, const std::string& file) {
  if (auto readable = must_be_readable("tls.ca", file); !readable) return readable;
  if (SSL_CTX_load_verify_file(context, file.c_str()) != 1)
    return unusable(fmt::format("tls.ca: {} contains no PEM certificate", file),
                    "a PEM certificate begins with -----BEGIN CERTIFICATE-----");
  return {};
}

Result<void> introduce(SSL_CTX* context, const TlsSettings& settings) {
  if (settings.key.empty())
    return unusable(fmt::format("tls.certificate ({}) needs its key", settings.certificate), "add tls.key");
  if (settings.certificate.empty())
    return unusable(fmt::format("tls.key ({}) needs its certificate", settings.key), "add tls.certificate");
  if (auto readable = must_be_readable("tls.certificate", settings.certificate); !readable) return readable;
  if (auto readable = must_be_readable("tls.key", settings.key); !readable) return readable;
  if (SSL_CTX_use_certificate_chain_file(context, settings.certificate.c_str()) != 1)
    return unusable(fmt::format("tls.certificate: {} contains no usable PEM certificate", settings.certificate));
  SSL_CTX_set_default_passwd_cb(context, no_pass_phrase);
  if (SSL_CTX_use_PrivateKey_file(context, settings.key.c_str(), SSL_FILETYPE_PEM) != 1) {
    if (ERR_GET_REASON(ERR_peek_last_error()) == X509_R_KEY_VALUES_MISMATCH)
      return unusable(
          fmt::format("tls.key: {} is not the key to the certificate in {}", settings.key, settings.certificate));
    return unusable(fmt::format("tls.key: {} contains no usable, unencrypted private key in PEM form", settings.key),
                    "remove the passphrase: openssl pkey -in KEY -out PLAIN-KEY");
  }
  return {};
}

// Which of an SSL's application data is its TlsPeer, and of an SSL_CTX its TlsContext.
int peer_index() {
  static const int index = SSL_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}
int context_index() {
  static const int index = SSL_CTX_get_ex_new_index(0, nullptr, nullptr, nullptr, nullptr);
  return index;
}

int note_trouble(int preverified, X509_STORE_CTX* store) {
  if (preverified == 1) return 1;
  auto* ssl = static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
  auto* peer = static_cast<TlsPeer*>(SSL_get_ex_data(ssl, peer_index()));
  peer->trouble = certificate_trouble(store, peer->host);
  return 0;
}

} // namespace

Result<std::unique_ptr<TlsContext>> TlsContext::make(const TlsSettings& settings) {
  std::unique_ptr<TlsContext> result(new TlsContext);
  const bool introduces = !settings.certificate.empty() || !settings.key.empty();
  if (settings.ca.empty() && !introduces) return result;
  std::call_once(result->started_, &TlsContext::start, result.get());
  if (!settings.ca.empty())
    if (auto trusted = trust(result->context_, settings.ca); !trusted) return std::unexpected(trusted.error());
  if (introduces) {
    if (auto introduced = introduce(result->context_, settings); !introduced)
      return std::unexpected(introduced.error());
    result->has_certificate_ = true;
  }
  return result;
}

void TlsContext::start() {
  context_ = SSL_CTX_new(TLS_client_method());
  if (context_ == nullptr) std::abort();
  SSL_CTX_set_min_proto_version(context_, TLS1_2_VERSION);
  SSL_CTX_set_verify(context_, SSL_VERIFY_PEER, note_trouble);
  constexpr unsigned char http_1_1[] = "\x08http/1.1";
  SSL_CTX_set_alpn_protos(context_, http_1_1, sizeof http_1_1 - 1);
  // TLS 1.3 hands its tickets out after the handshake: only the callback sees them all.
  SSL_CTX_set_session_cache_mode(context_, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
  SSL_CTX_set_ex_data(context_, context_index(), this);
  SSL_CTX_sess_set_new_cb(context_, keep_session);
}

TlsContext::~TlsContext() {
  sessions_.clear();
  SSL_CTX_free(context_);
}

void TlsContext::SessionDeleter::operator()(ssl_session_st* session) const { SSL_SESSION_free(session); }

ssl_st* TlsContext::new_ssl(TlsPeer& peer) {
  // A run over plain http need not spend what OpenSSL's start takes, nor the 20 ms of reading the system's store.
  std::call_once(started_, &TlsContext::start, this);
  std::call_once(system_trusted_, [&] { SSL_CTX_set_default_verify_paths(context_); });
  SSL* ssl = SSL_new(context_);
  SSL_set_ex_data(ssl, peer_index(), &peer);
  if (is_ip_address(peer.host)) {
    // RFC 6066, section 3: an address is no server name.
    std::string address = peer.host;
    if (address.starts_with('[')) address = address.substr(1, address.size() - 2);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), address.c_str());
  } else {
    SSL_set_tlsext_host_name(ssl, peer.host.c_str());
    SSL_set_hostflags(ssl, X509_CHECK_FLAG_NEVER_CHECK_SUBJECT | X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    SSL_set1_host(ssl, peer.host.c_str());
  }
  if (const Session session = session_to_resume(peer.session_key)) SSL_set_session(ssl, session.get());
  return ssl;
}

Error TlsContext::explain(const TlsPeer& peer, unsigned long code) const {
  if (peer.trouble) return *peer.trouble;
  return handshake_trouble(code, peer.host, has_certificate_);
}

TlsContext::Session TlsContext::session_to_resume(const std::string& key) {
  const std::scoped_lock lock(mutex_);
  const auto found = sessions_.find(key);
  if (found == sessions_.end() || found->second.empty()) return nullptr;
  const Session& last = found->second.back();
  if (SSL_SESSION_get_protocol_version(last.get()) == TLS1_3_VERSION) {
    // RFC 8446, appendix C.4: a ticket is used once.
    Session session = std::move(found->second.back());
    found->second.pop_back();
    return session;
  }
  SSL_SESSION_up_ref(last.get());
  return Session(last.get());
}

// Called by OpenSSL with each session a server grants; 1 takes over its reference.
int TlsContext::keep_session(ssl_st* ssl, ssl_session_st* session) {
  const auto* peer = static_cast<TlsPeer*>(SSL_get_ex_data(ssl, peer_index()));
  auto* self = static_cast<TlsContext*>(SSL_CTX_get_ex_data(SSL_get_SSL_CTX(ssl), context_index()));
  const std::scoped_lock lock(self->mutex_);
  std::vector<Session>& kept = self->sessions_[peer->session_key];
  if (kept.size() == sessions_kept) kept.erase(kept.begin());
  kept.emplace_back(session);
  return 1;
}

} // namespace murphy::web
