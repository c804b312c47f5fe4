// What tests of the HTTP client share.
#pragma once

#include "http_server.h"
#include "web/http/http_client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <stop_token>
#include <string>
#include <utility>

namespace murphy::web {

// A deadline that a healthy test never reaches.
inline TimePoint late() { return std::chrono::steady_clock::now() + std::chrono::seconds(60); }

inline Request request_for(const std::string& url, std::string method = "GET", std::string body = {}) {
  const Result<Url> parsed = Url::parse(url);
  if (!parsed) throw std::runtime_error(parsed.error().what);
  return Request{.method = std::move(method), .url = *parsed, .headers = {}, .body = std::move(body)};
}

inline std::unique_ptr<HttpClient> client_with(HttpSettings settings) {
  Result<std::unique_ptr<HttpClient>> client = HttpClient::make(std::move(settings));
  if (!client) throw std::runtime_error(client.error().what);
  return *std::move(client);
}

inline std::expected<Response, TransportError> send(HttpClient& client, const Request& request,
                                                    TimePoint deadline = late()) {
  return client.send(request, deadline, {});
}

// Sends to a server with that script, over a client of its own, and gives back what came of it.
inline std::expected<Response, TransportError> exchange_with(HttpServer::Script script, HttpSettings settings = {}) {
  const HttpServer server(std::move(script));
  const auto client = client_with(std::move(settings));
  return send(*client, request_for(server.url()));
}

// What went wrong, without the server's address, which differs from run to run: "no error" when nothing did.
inline std::string trouble(const std::expected<Response, TransportError>& response) {
  if (response) return "no error";
  const std::string& what = response.error().error.what;
  const std::size_t end = what.find(": ");
  return what.substr(end == std::string::npos ? 0 : end + 2);
}

} // namespace murphy::web
