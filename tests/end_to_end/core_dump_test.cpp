// A core dump of Murphy, taken while it waits for the answer to a request that carried passwords, holds none of them.
#include "leaks.h"
#include "project.h"
#include "tests/places.h"

#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <poll.h>
#include <sys/stat.h>
#include <tuple>
#include <unistd.h>

namespace murphy::end_to_end {
namespace {

enum class Scheme { http, https };
enum class Source { environment, file, command_line, project_file };

// One that is longer than what a std::string holds inside itself, and one that is not; no other process uses them.
std::string long_password() { return fmt::format("p&\"‹é%+ correct horse {}", getpid()); }
std::string short_password() { return fmt::format("+Zq{}x", getpid()); }

constexpr const char* gcore = "/usr/bin/gcore";

class CoreDump : public testing::TestWithParam<std::tuple<Scheme, Source>> {
protected:
  CoreDump() {
    const auto& [scheme, source] = GetParam();
    const bool secure = scheme == Scheme::https;
    mkfifo(held_.c_str(), 0600);
    mkfifo(released_.c_str(), 0600);
    if (secure) make_certificate();
    folder_.write("murphy.toml",
                  fmt::format(R"([target.local]
url   = "{0}://127.0.0.1:${{port}}"
start = "exec /usr/bin/python3 -u {1}/holding.py ${{port}} held released{2}"
ready = "/login"
{3}

[user.ada]
email       = "ada@example.com"
password    = {4}
secret_word = {5}
)",
                              secure ? "https" : "http", servers, secure ? " certificate.pem key.pem" : "",
                              secure ? "tls = { ca = \"certificate.pem\" }" : "", written("LONG", long_password()),
                              written("SHORT", short_password())));
    folder_.write("scenarios/sign-in.toml", R"(feature = "Sign-in"

[[scenario]]
name  = "by a form, and by a request of one's own making"
steps = [
  { open = "/login" },
  { submit = "Sign in", with = { Email = "${ada.email}", Password = "${ada.password}", Word = "${ada.secret_word}" } },
  { request = { url = "/login", headers = { Authorization = "Bearer ${ada.secret_word}" }, json = { password = "${ada.password}", word = "${ada.secret_word}" } } },
]
)");
  }

  // The property of a user, as this source gives it.
  std::string written(const std::string& name, const std::string& secret) {
    switch (std::get<Source>(GetParam())) {
    case Source::environment: murphy_.environment[name] = secret; return fmt::format("{{ env = \"{}\" }}", name);
    case Source::file: folder_.write(name, secret + "\n"); return fmt::format("{{ file = \"{}\" }}", name);
    case Source::command_line: options_.push_back("--secret=" + name + "=" + secret); return "\"${" + name + "}\"";
    case Source::project_file: break;
    }
    return "'" + secret + "'";
  }

  void make_certificate() const {
    const std::string command = "cd '" + folder_.path().string() +
                                "' && openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
                                "-subj /CN=localhost -addext subjectAltName=IP:127.0.0.1 "
                                "-keyout key.pem -out certificate.pem 2>openssl.log";
    EXPECT_EQ(std::system(command.c_str()), 0) << read_file(folder_ / "openssl.log");
  }

  // The real binary, which other processes may look into.
  Invocation murphy() {
    Invocation invocation = murphy_;
    invocation.binary = "/usr/bin/python3";
    invocation.directory = folder_.path();
    invocation.arguments = {std::string(servers) + "/traceable.py", murphy_program(), "run"};
    invocation.arguments.insert(invocation.arguments.end(), options_.begin(), options_.end());
    return invocation;
  }

  // Waits until the server holds a request, and gives back what it got.
  std::string held_request() const {
    const int pipe = open(held_.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    std::string request, piece(4096, '\0');
    pollfd waiting{pipe, POLLIN, 0};
    while (poll(&waiting, 1, 60'000) > 0) {
      const ssize_t count = read(pipe, piece.data(), piece.size());
      if (count == 0) break;
      if (count > 0) request.append(piece, 0, static_cast<std::size_t>(count));
    }
    close(pipe);
    return request;
  }

  void release() const {
    const int pipe = open(released_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC);
    EXPECT_EQ(write(pipe, "!", 1), 1);
    close(pipe);
  }

  std::string core_of(int process) const {
    Invocation invocation;
    invocation.binary = gcore;
    invocation.arguments = {"-o", (folder_ / "core").string(), std::to_string(process)};
    const Finished finished = run(invocation);
    const std::filesystem::path core = folder_ / fmt::format("core.{}", process);
    EXPECT_TRUE(std::filesystem::exists(core)) << "gcore has to be allowed to look into a process of the same user\n"
                                               << finished.out << finished.err;
    std::string text = read_file(core);
    std::filesystem::remove(core);
    return text;
  }

  TemporaryFolder folder_;
  std::string held_ = folder_ / "held";
  std::string released_ = folder_ / "released";
  Invocation murphy_;
  std::vector<std::string> options_;
};

TEST_P(CoreDump, HoldsNoPasswordOnceTheRequestWasSent) {
  ASSERT_TRUE(std::filesystem::exists(gcore)) << "gdb is missing: run scripts/setup test";
  std::vector<Needle> needles = spellings_of("the long password", long_password());
  const std::vector<Needle> more = spellings_of("the short password", short_password());
  needles.insert(needles.end(), more.begin(), more.end());
  needles.push_back({"the end of the long password", fmt::format("correct horse {}", getpid())});

  Running running(murphy());
  for (const char* request : {"the form", "JSON"}) {
    const std::string sent = held_request();
    ASSERT_TRUE(holds_any(sent, needles)) << "no password was sent: " << sent;
    const std::string core = core_of(running.id());
    EXPECT_TRUE(core.contains("ada@example.com")) << "it proves nothing: a core dump holds texts that are no secrets";
    expect_nowhere({{fmt::format("the core dump after {}", request), core}}, needles);
    release();
  }
  const Finished finished = running.wait();
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
}

INSTANTIATE_TEST_SUITE_P(Http, CoreDump,
                         testing::Combine(testing::Values(Scheme::http),
                                          testing::Values(Source::environment, Source::file, Source::command_line,
                                                          Source::project_file)));
INSTANTIATE_TEST_SUITE_P(Https, CoreDump,
                         testing::Combine(testing::Values(Scheme::https),
                                          testing::Values(Source::environment, Source::project_file)));

} // namespace
} // namespace murphy::end_to_end
