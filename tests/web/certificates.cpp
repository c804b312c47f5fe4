#include "certificates.h"

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <stdexcept>

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/x509v3.h>
#include <stdlib.h>

namespace murphy::web {
namespace {

void require(bool condition) {
  if (!condition) throw std::runtime_error("OpenSSL could not make a certificate");
}

template <class Write> std::string pem(Write write) {
  BIO* out = BIO_new(BIO_s_mem());
  require(write(out) == 1);
  char* data = nullptr;
  const long length = BIO_get_mem_data(out, &data);
  std::string text(data, static_cast<std::size_t>(length));
  BIO_free(out);
  return text;
}

std::string pem(X509* certificate) {
  return pem([&](BIO* out) { return PEM_write_bio_X509(out, certificate); });
}
std::string pem(EVP_PKEY* key) {
  return pem([&](BIO* out) { return PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr); });
}

EVP_PKEY* new_key() {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  require(key != nullptr);
  return key;
}

void extend(X509* certificate, X509* issuer, int nid, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str());
  require(extension != nullptr);
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

// `issuer` null: signed by itself.
X509* new_certificate(const Subject& subject, EVP_PKEY* key, X509* issuer, EVP_PKEY* issuer_key, bool authority) {
  constexpr long day = 24L * 60 * 60;
  X509* certificate = X509_new();
  X509_set_version(certificate, 2);
  std::uint64_t serial = 0;
  require(RAND_bytes(reinterpret_cast<unsigned char*>(&serial), sizeof serial) == 1);
  ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), serial >> 1U);
  X509_gmtime_adj(X509_getm_notBefore(certificate), subject.valid_from_days * day);
  X509_gmtime_adj(X509_getm_notAfter(certificate), subject.valid_to_days * day);
  X509_set_pubkey(certificate, key);
  X509_NAME* name = X509_get_subject_name(certificate);
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(subject.common_name.c_str()), -1, -1, 0);
  X509* signer = issuer ? issuer : certificate;
  X509_set_issuer_name(certificate, X509_get_subject_name(signer));
  extend(certificate, signer, NID_basic_constraints, authority ? "critical,CA:TRUE" : "critical,CA:FALSE");
  if (authority) extend(certificate, signer, NID_key_usage, "critical,keyCertSign,cRLSign");
  std::string alternatives;
  for (const std::string& host : subject.names) alternatives += ",DNS:" + host;
  for (const std::string& address : subject.addresses) alternatives += ",IP:" + address;
  if (!alternatives.empty()) extend(certificate, signer, NID_subject_alt_name, alternatives.substr(1));
  require(X509_sign(certificate, issuer_key, EVP_sha256()) > 0);
  return certificate;
}

} // namespace

Authority::Authority(const std::string& common_name) {
  key_ = new_key();
  certificate_ = new_certificate({.common_name = common_name, .names = {}, .addresses = {}}, key_, nullptr, key_, true);
  certificate_pem_ = pem(certificate_);
}

Authority::~Authority() {
  X509_free(certificate_);
  EVP_PKEY_free(key_);
}

Identity Authority::issue(const Subject& subject) const {
  EVP_PKEY* key = new_key();
  X509* certificate = new_certificate(subject, key, certificate_, key_, false);
  Identity identity{.certificate = pem(certificate), .key = pem(key)};
  X509_free(certificate);
  EVP_PKEY_free(key);
  return identity;
}

Identity self_signed(const Subject& subject) {
  EVP_PKEY* key = new_key();
  X509* certificate = new_certificate(subject, key, nullptr, key, false);
  Identity identity{.certificate = pem(certificate), .key = pem(key)};
  X509_free(certificate);
  EVP_PKEY_free(key);
  return identity;
}

TemporaryDirectory::TemporaryDirectory() {
  std::string pattern = (std::filesystem::temp_directory_path() / "murphy-test-XXXXXX").string();
  if (mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("no temporary directory");
  path_ = pattern;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::string TemporaryDirectory::write(const std::string& name, const std::string& text) const {
  const std::string path = path_ + "/" + name;
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

} // namespace murphy::web
