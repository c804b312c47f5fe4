#include "web/http/request_text.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/http/decode.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include <fmt/format.h>
#include <openssl/evp.h>

namespace murphy::web {
namespace {

// They say how the message is framed or what happens to the connection, which is the client's business.
constexpr std::array<std::string_view, 9> own_headers = {"connection", "content-length",      "expect",
                                                         "keep-alive", "proxy-authorization", "te",
                                                         "trailer",    "transfer-encoding",   "upgrade"};

Result<void> check(const Request& request) {
  if (!is_http_token(request.method))
    return std::unexpected(usage_error(fmt::format("“{}” is no HTTP method", one_line(request.method)),
                                       "a method is a word such as GET or POST"));
  const std::string target = request.url.request_target();
  if (std::ranges::any_of(target, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }))
    return std::unexpected(usage_error("the URL holds a space or a control character", "percent-encode it"));
  for (const record::Header& header : request.headers) {
    if (!is_http_token(header.name))
      return std::unexpected(usage_error(fmt::format("“{}” cannot be the name of a header", one_line(header.name)),
                                         "names are words without spaces or colons"));
    // The value is not shown: it may be secret.
    if (header.value.find_first_of(std::string_view("\r\n\0", 3)) != std::string::npos)
      return std::unexpected(
          usage_error(fmt::format("the value of the header {} holds a line break or a NUL character", header.name),
                      "a header is one line"));
    if (std::ranges::find(own_headers, ascii_lower(header.name)) != own_headers.end())
      return std::unexpected(usage_error(
          fmt::format("the header {} cannot be set: it follows from the request and the connection", header.name),
          "leave it out"));
  }
  return {};
}

std::string proxy_authorization(const Secret* credentials) {
  if (credentials == nullptr) return {};
  const std::string_view plain = credentials->reveal();
  std::string encoded((plain.size() + 2) / 3 * 4, '\0');
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                  reinterpret_cast<const unsigned char*>(plain.data()), static_cast<int>(plain.size()));
  return fmt::format("Proxy-Authorization: Basic {}\r\n", encoded);
}

} // namespace

Result<std::string> request_text(const Request& request, bool absolute_form, const Secret* credentials) {
  if (auto checked = check(request); !checked) return std::unexpected(checked.error());
  const Url& url = request.url;
  std::string text;
  text.reserve(1024 + request.body.size());
  text += request.method + " ";
  if (absolute_form) text += url.scheme() + "://" + url.host_and_port();
  text += url.request_target() + " HTTP/1.1\r\n";

  const std::string* host = record::find_header(request.headers, "Host");
  text += fmt::format("Host: {}\r\nConnection: keep-alive\r\n", host ? *host : url.host_and_port());
  // RFC 9110, section 8.6: also a body of no bytes has a length, where the method gives a body meaning.
  const bool expects_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (!request.body.empty() || expects_body) text += fmt::format("Content-Length: {}\r\n", request.body.size());
  if (absolute_form) text += proxy_authorization(credentials);
  for (const record::Header& header : request.headers)
    if (!equal_ignoring_ascii_case(header.name, "Host")) text += header.name + ": " + header.value + "\r\n";
  if (record::find_header(request.headers, "Accept-Encoding") == nullptr)
    text += fmt::format("Accept-Encoding: {}\r\n", accepted_encodings);
  text += "\r\n";
  text += request.body;
  return text;
}

std::string connect_text(const Url& url, const Secret* credentials) {
  const std::string target = fmt::format("{}:{}", url.host(), url.effective_port());
  return fmt::format("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n{1}\r\n", target, proxy_authorization(credentials));
}

bool is_idempotent(std::string_view method) {
  constexpr std::array<std::string_view, 6> methods = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
  return std::ranges::find(methods, method) != methods.end();
}

} // namespace murphy::web
