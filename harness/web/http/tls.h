// TLS for the HTTP client: what it trusts, who it says it is, which sessions it resumes, and what a failed handshake
// means.
#pragma once

#include "base/error.h"

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

struct ssl_ctx_st; // OpenSSL's SSL_CTX, SSL_SESSION and SSL
struct ssl_session_st;
struct ssl_st;

namespace murphy::web {

// Files are PEM. What is empty is not used.
struct TlsSettings {
  std::string ca = {};          // certificates trusted beside those of the system
  std::string certificate = {}; // the client's own, followed by the chain above it
  std::string key = {};         // the key to `certificate`, not encrypted
};

// One connection's side of TLS. Must outlive the SSL it was made for.
struct TlsPeer {
  std::string host;             // as in a URL
  std::string session_key;      // whose sessions may be resumed
  std::optional<Error> trouble; // what is wrong with the certificate shown, once verification has failed
};

// What connections of one client share. TLS 1.2 and 1.3; the system's store and `TlsSettings::ca` are trusted; the
// certificate must be for the host (name or address). Safe to use from several threads.
class TlsContext {
public:
  // OpenSSL starts with the first connection, unless there are files to look at. Errors: usage, naming the setting and
  // the file.
  static Result<std::unique_ptr<TlsContext>> make(const TlsSettings& settings);
  TlsContext(const TlsContext&) = delete;
  TlsContext& operator=(const TlsContext&) = delete;
  ~TlsContext();

  // A new SSL, the caller's to free, for a connection to `peer.host`: SNI, the name to verify, a session to resume.
  // Terminates when OpenSSL cannot be initialised.
  ssl_st* new_ssl(TlsPeer& peer);

  // Why a handshake failed, from what verification noted and OpenSSL's error code (0: the connection was closed). Kind
  // target.
  Error explain(const TlsPeer& peer, unsigned long code) const;

private:
  struct SessionDeleter {
    void operator()(ssl_session_st* session) const;
  };
  using Session = std::unique_ptr<ssl_session_st, SessionDeleter>;

  TlsContext() = default;
  void start();
  Session session_to_resume(const std::string& key);
  static int keep_session(ssl_st* ssl, ssl_session_st* session);

  ssl_ctx_st* context_ = nullptr; // from start() on
  bool has_certificate_ = false;
  std::once_flag started_, system_trusted_;
  std::mutex mutex_; // guards sessions_
  std::map<std::string, std::vector<Session>> sessions_;
};

} // namespace murphy::web
