// Certificates made for one test: authorities, and what they issue.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include <openssl/types.h>

namespace murphy::web {

struct Identity {
  std::string certificate; // PEM, the chain behind it included where there is one
  std::string key;         // PEM
};

struct Subject {
  std::string common_name = "test server";
  std::vector<std::string> names = {};     // subject alternative names: hosts
  std::vector<std::string> addresses = {}; // and IP addresses
  int valid_from_days = -1;                // from today
  int valid_to_days = 30;
};

class Authority {
public:
  explicit Authority(const std::string& common_name);
  ~Authority();
  Authority(const Authority&) = delete;
  Authority& operator=(const Authority&) = delete;

  const std::string& certificate() const { return certificate_pem_; }
  Identity issue(const Subject& subject) const;

private:
  X509* certificate_;
  EVP_PKEY* key_;
  std::string certificate_pem_;
};

Identity self_signed(const Subject& subject);

// A directory of its own, removed with what is in it.
class TemporaryDirectory {
public:
  TemporaryDirectory();
  ~TemporaryDirectory();
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
  const std::string& path() const { return path_; }
  // Writes a file and gives back its path.
  std::string write(const std::string& name, const std::string& text) const;

private:
  std::string path_;
};

} // namespace murphy::web
