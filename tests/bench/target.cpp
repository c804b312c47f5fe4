// An app to sign in to that costs next to nothing, so that what is measured is who signs in: one thread, no database,
// no TLS. It ends when its standard input does.
//   bench_target BYTES      listens on a free port of 127.0.0.1, writes its address, and serves pages of about so many
//   bytes
// GET /sign-in shows the form, with a CSRF token; POST /sign-in lets ada@example.com in by "correct horse" and leads to
// /dashboard; POST /sign-out leads back. GET /ready answers at once.
#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <map>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string>
#include <string_view>
#include <sys/socket.h>
#include <unistd.h>
#include <unordered_map>
#include <vector>

namespace {

struct Session {
  std::string csrf;
  bool signed_in = false;
};

struct Request {
  std::string_view method, path, cookie, body;
};

// What stands behind `name` in text that is made of such pairs, up to `end`; empty where it is not there.
std::string_view value_of(std::string_view text, std::string_view name, std::string_view end) {
  const std::size_t found = text.find(name);
  if (found == std::string_view::npos) return {};
  text.remove_prefix(found + name.size());
  return text.substr(0, text.find_first_of(end));
}

// The value of a header. Clients write its name in letters of either case; here it is in lower case.
std::string_view header_of(std::string_view head, std::string_view name) {
  const auto is_same = [](char one, char other) { return (one >= 'A' && one <= 'Z' ? one + 32 : one) == other; };
  for (std::size_t line = head.find("\r\n"); line != std::string_view::npos; line = head.find("\r\n", line + 2)) {
    const std::string_view rest = head.substr(line + 2);
    if (rest.size() <= name.size() || rest[name.size()] != ':') continue;
    if (!std::ranges::equal(rest.substr(0, name.size()), name, is_same)) continue;
    const std::size_t begin = std::min(rest.find_first_not_of(' ', name.size() + 1), rest.size());
    return rest.substr(begin, rest.find('\r') - begin);
  }
  return {};
}

// An entry of a form without its escapes: clients differ in what they escape.
std::string decoded(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned char byte = 0;
    if (text[i] == '%' && i + 2 < text.size() &&
        std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16).ptr == text.data() + i + 3) {
      plain += static_cast<char>(byte);
      i += 2;
    } else {
      plain += text[i] == '+' ? ' ' : text[i];
    }
  }
  return plain;
}

class App {
public:
  explicit App(std::size_t page_size) {
    while (menu_.size() + 1000 < page_size)
      menu_ += fmt::format("<li class=\"menu-item\"><a href=\"/topics/{0}?from=menu&amp;lang=en\">Topic number {0}</a>"
                           "</li>\n",
                           topics_++);
  }

  std::string answer(const Request& request) {
    const std::string id(value_of(request.cookie, "session=", "; \r"));
    const auto known = sessions_.find(id);
    Session* session = known == sessions_.end() ? nullptr : &known->second;
    if (request.path == "/ready") return head("200 OK", {}, "text/plain", 5) + "ready";
    if (request.path == "/sign-in" && request.method == "GET") return sign_in_page(session);
    if (request.path == "/dashboard") return session && session->signed_in ? dashboard(*session) : to("/sign-in", {});
    const bool is_own = session && value_of(request.body, "csrf=", "&") == session->csrf;
    if (request.method != "POST" || !is_own) return head("403 Forbidden", {}, "text/plain", 9) + "forbidden";
    if (request.path == "/sign-out") {
      sessions_.erase(known);
      return to("/sign-in", "session=; Max-Age=0");
    }
    if (decoded(value_of(request.body, "email=", "&")) != "ada@example.com" ||
        decoded(value_of(request.body, "password=", "&")) != "correct horse")
      return head("403 Forbidden", {}, "text/plain", 9) + "forbidden";
    sessions_.erase(known);
    const std::string fresh = token();
    sessions_[fresh] = {token(), true};
    return to("/dashboard", fmt::format("session={}; Path=/; HttpOnly; SameSite=Lax", fresh));
  }

private:
  std::string token() {
    ++count_;
    return fmt::format("{:016x}{:016x}", count_ * 0x9e3779b97f4a7c15, count_ ^ 0x5851f42d4c957f2d);
  }

  static std::string head(std::string_view status, std::string_view more, std::string_view type, std::size_t length) {
    return fmt::format("HTTP/1.1 {}\r\nServer: bench\r\nCache-Control: no-store\r\nContent-Type: {}\r\n{}"
                       "Content-Length: {}\r\n\r\n",
                       status, type, more, length);
  }
  static std::string to(std::string_view path, std::string_view cookie) {
    const std::string set = cookie.empty() ? std::string() : fmt::format("Set-Cookie: {}\r\n", cookie);
    return head("303 See Other", fmt::format("Location: {}\r\n{}", path, set), "text/html", 0);
  }
  std::string page(std::string_view title, std::string_view content, std::string_view more_headers) const {
    const std::string html =
        fmt::format("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>"
                    "<link rel=\"stylesheet\" href=\"/site.css\"><script defer src=\"/site.js\"></script></head>\n"
                    "<body><nav><ul>\n{1}</ul></nav><main><h1>{0}</h1>\n{2}\n</main><footer><p>Example "
                    "Ltd</p></footer></body></html>\n",
                    title, menu_, content);
    return head("200 OK", more_headers, "text/html; charset=utf-8", html.size()) + html;
  }
  std::string sign_in_page(const Session* session) {
    std::string cookie;
    if (session == nullptr) {
      const std::string id = token();
      session = &(sessions_[id] = {token(), false});
      cookie = fmt::format("Set-Cookie: session={}; Path=/; HttpOnly; SameSite=Lax\r\n", id);
    }
    return page(
        "Sign in",
        fmt::format("<form action=\"/sign-in\" method=\"post\"><input type=\"hidden\" name=\"csrf\" value=\"{}\">"
                    "<label for=\"email\">Email</label><input id=\"email\" name=\"email\" type=\"email\" required>"
                    "<label for=\"password\">Password</label>"
                    "<input id=\"password\" name=\"password\" type=\"password\" required>"
                    "<button type=\"submit\">Sign in</button></form>",
                    session->csrf),
        cookie);
  }
  std::string dashboard(const Session& session) const {
    return page("Dashboard",
                fmt::format("<p>Welcome, Ada</p><form id=\"sign-out\" action=\"/sign-out\" method=\"post\">"
                            "<input type=\"hidden\" name=\"csrf\" value=\"{}\"><button>Sign out</button></form>",
                            session.csrf),
                {});
  }

  std::string menu_;
  int topics_ = 0;
  std::uint64_t count_ = 0;
  std::unordered_map<std::string, Session> sessions_;
};

struct Connection {
  std::string received, unsent;
};

// Answers every request that is there as a whole. A head names a length only with a body.
void serve(App& app, Connection& connection) {
  for (;;) {
    const std::string_view received = connection.received;
    const std::size_t end = received.find("\r\n\r\n");
    if (end == std::string_view::npos) return;
    const std::string_view head = received.substr(0, end);
    std::size_t length = 0;
    const std::string_view said = header_of(head, "content-length");
    std::from_chars(said.data(), said.data() + said.size(), length);
    if (received.size() < end + 4 + length) return;
    Request request;
    request.method = head.substr(0, head.find(' '));
    request.path = value_of(head, " ", " ?");
    request.cookie = header_of(head, "cookie");
    request.body = received.substr(end + 4, length);
    connection.unsent += app.answer(request);
    connection.received.erase(0, end + 4 + length);
  }
}

// False when the connection is over.
bool read_and_write(App& app, int descriptor, Connection& connection) {
  std::array<char, 65536> buffer;
  for (;;) {
    const ssize_t got = recv(descriptor, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got == 0 || (got < 0 && errno != EAGAIN)) return false;
    if (got < 0) break;
    connection.received.append(buffer.data(), static_cast<std::size_t>(got));
    serve(app, connection);
  }
  while (!connection.unsent.empty()) {
    const ssize_t sent =
        send(descriptor, connection.unsent.data(), connection.unsent.size(), MSG_DONTWAIT | MSG_NOSIGNAL);
    if (sent < 0) return errno == EAGAIN;
    connection.unsent.erase(0, static_cast<std::size_t>(sent));
  }
  return true;
}

int listen_on_a_free_port() {
  const int listener = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener, any, size) != 0 || listen(listener, SOMAXCONN) != 0 || getsockname(listener, any, &size) != 0) {
    std::perror("bench_target");
    std::exit(1);
  }
  fmt::print("http://127.0.0.1:{}\n", ntohs(address.sin_port));
  std::fflush(stdout);
  return listener;
}

} // namespace

int main(int count, char** arguments) {
  App app(count > 1 ? static_cast<std::size_t>(std::atoi(arguments[1])) : 4096);
  const int listener = listen_on_a_free_port();
  std::map<int, Connection> connections;
  for (;;) {
    std::vector<pollfd> watched = {{STDIN_FILENO, POLLIN, 0}, {listener, POLLIN, 0}};
    for (const auto& [descriptor, connection] : connections)
      watched.push_back({descriptor, static_cast<short>(connection.unsent.empty() ? POLLIN : POLLIN | POLLOUT), 0});
    if (poll(watched.data(), watched.size(), -1) < 0 || watched[0].revents != 0) return 0;
    if (watched[1].revents != 0) {
      const int accepted = accept(listener, nullptr, nullptr);
      const int on = 1;
      setsockopt(accepted, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      if (accepted >= 0) connections[accepted];
    }
    for (std::size_t i = 2; i < watched.size(); ++i) {
      if (watched[i].revents == 0 || read_and_write(app, watched[i].fd, connections[watched[i].fd])) continue;
      close(watched[i].fd);
      connections.erase(watched[i].fd);
    }
  }
}
