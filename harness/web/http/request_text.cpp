#include "web/http/request_text.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/http/decode.h"

#include <algorithm>
#include <array>
#include <memory>
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

// RFC 7617
void append_proxy_authorization(OutgoingText& text, const Secret* credentials) {
  if (credentials == nullptr) return;
  const ClearText plain = credentials->reveal();
  ClearText encoded(std::string((plain.size() + 2) / 3 * 4, '\0'));
  EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                  reinterpret_cast<const unsigned char*>(plain.view().data()), static_cast<int>(plain.size()));
  text.append("Proxy-Authorization: Basic ");
  text.append(Value(std::make_shared<const Secret>(encoded, credentials->label())));
  text.append("\r\n");
}

} // namespace

Result<void> check(const Request& request) {
  if (!is_http_token(request.method))
    return std::unexpected(usage_error(fmt::format("“{}” is not an HTTP method", one_line(request.method)),
                                       "a method is a word such as GET or POST"));
  const std::string target = request.url.request_target();
  if (std::ranges::any_of(target, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; }))
    return std::unexpected(usage_error("the URL contains a space or a control character", "percent-encode it"));
  for (const RequestHeader& header : request.headers) {
    if (!is_http_token(header.name))
      return std::unexpected(usage_error(fmt::format("“{}” cannot be the name of a header", one_line(header.name)),
                                         "names are words without spaces or colons"));
    // The value is not shown: it may be secret.
    if (reveal(header.value).view().find_first_of(std::string_view("\r\n\0", 3)) != std::string_view::npos)
      return std::unexpected(
          usage_error(fmt::format("the value of the header {} contains a line break or a NUL character", header.name),
                      "a header is one line"));
    if (std::ranges::find(own_headers, ascii_lower(header.name)) != own_headers.end())
      return std::unexpected(usage_error(
          fmt::format("the header {} cannot be set: it follows from the request and the connection", header.name),
          "remove it"));
  }
  return {};
}

ClearText request_text(const Request& request, bool absolute_form, const Secret* credentials) {
  const Url& url = request.url;
  OutgoingText head;
  head.append(request.method + " ");
  if (absolute_form) head.append(url.scheme() + "://" + url.host_and_port());
  head.append(url.request_target() + " HTTP/1.1\r\nHost: ");
  const Value* host = find_header(request.headers, "Host");
  head.append(host ? *host : Value(url.host_and_port()));
  head.append("\r\nConnection: keep-alive\r\n");
  // RFC 9110, section 8.6: also a body of no bytes has a length, where the method gives a body meaning.
  const bool expects_body = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
  if (!request.body.empty() || expects_body) head.append(fmt::format("Content-Length: {}\r\n", request.body.size()));
  if (absolute_form) append_proxy_authorization(head, credentials);
  for (const RequestHeader& header : request.headers) {
    if (equal_ignoring_ascii_case(header.name, "Host")) continue;
    head.append(header.name + ": ");
    head.append(header.value);
    head.append("\r\n");
  }
  if (find_header(request.headers, "Accept-Encoding") == nullptr)
    head.append(fmt::format("Accept-Encoding: {}\r\n", accepted_encodings));
  head.append("\r\n");
  ClearText text;
  text.reserve(head.size() + request.body.size());
  head.reveal_to(text);
  request.body.reveal_to(text);
  return text;
}

ClearText connect_text(const Url& url, const Secret* credentials) {
  OutgoingText head(
      fmt::format("CONNECT {0} HTTP/1.1\r\nHost: {0}\r\n", fmt::format("{}:{}", url.host(), url.effective_port())));
  append_proxy_authorization(head, credentials);
  head.append("\r\n");
  ClearText text;
  head.reveal_to(text);
  return text;
}

bool is_idempotent(std::string_view method) {
  constexpr std::array<std::string_view, 6> methods = {"GET", "HEAD", "OPTIONS", "TRACE", "PUT", "DELETE"};
  return std::ranges::find(methods, method) != methods.end();
}

} // namespace murphy::web
