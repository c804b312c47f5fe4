// A small HTTP server in a thread of its own. It answers GET and HEAD, and takes no body.
#pragma once

#include "base/error.h"
#include "watch/serve/ask.h"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace murphy::watch {

class Listener {
public:
  // Called in the listener's thread. What it throws is answered with 500.
  using Answering = std::function<Reply(const Ask&)>;

  // Listens until it is destroyed. `address` is "127.0.0.1:9469" or "[::1]:9469"; port 0: one that is free. Errors:
  // usage, when it is no such address or cannot be had.
  // A client has `patience` for a request, to take an answer, and for the next request; then it is cut off.
  static Result<std::unique_ptr<Listener>> start(const std::string& address, Answering answering,
                                                 std::chrono::milliseconds patience = std::chrono::seconds(15));
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  // "127.0.0.1:9469", the port being the one it has.
  const std::string& address() const { return address_; }

private:
  struct Server;
  Listener(std::unique_ptr<Server> server, std::string address);
  std::unique_ptr<Server> server_;
  std::string address_;
};

} // namespace murphy::watch
