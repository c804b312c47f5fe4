#include "chromium/browser.h"

#include "base/make_error.h"
#include "base/text.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

namespace murphy::chromium {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_words = 5;            // lines
constexpr std::chrono::milliseconds grace{2000}; // whatever it has not written by then goes away anyway

std::string quoted(const std::string& text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return result + "'";
}

Error not_started(std::string_view doing) {
  return target_error(fmt::format("Chromium cannot be started: {}: {}", doing, std::strerror(errno)),
                      "free space in the folder for temporary files, or name another with TMPDIR");
}

// What Chromium would offer over the page, once somebody has signed in: to keep the password, to look it up among those
// that leaked, to fill in addresses and cards, to translate.
constexpr std::string_view preferences = R"({
  "credentials_enable_service": false,
  "profile": { "password_manager_enabled": false, "password_manager_leak_detection": false },
  "autofill": { "profile_enabled": false, "credit_card_enabled": false },
  "translate": { "enabled": false }
}
)";

// The command that makes such a profile: for the process of the browser, whose guard takes the folder away.
std::string make_profile(const fs::path& profile) {
  const std::string folder = quoted((profile / "Default").string());
  return fmt::format("mkdir -p {0} && printf %s {1} >{0}/Preferences", folder, quoted(std::string(preferences)));
}

// A pipe with a name: Chromium's shell opens its other end. Ours never waits for that.
Result<target::Descriptor> named_pipe(const fs::path& path, int flags) {
  if (::mkfifo(path.c_str(), 0600) != 0) return std::unexpected(not_started("mkfifo"));
  target::Descriptor pipe(::open(path.c_str(), flags | O_NONBLOCK | O_CLOEXEC));
  if (!pipe) return std::unexpected(not_started("open"));
  return pipe;
}

} // namespace

std::optional<std::string> find_chromium(const Variable& variable) {
  if (const char* named = variable("CHROMIUM"); named != nullptr && *named != '\0') return named;
  const char* path = variable("PATH");
  if (path == nullptr) return std::nullopt;
  for (const char* name : {"chromium", "chromium-browser", "google-chrome", "google-chrome-stable"})
    for (const std::string_view folder : split(path, ':')) {
      const fs::path program = fs::path(folder) / name;
      if (!folder.empty() && ::access(program.c_str(), X_OK) == 0) return program.string();
    }
  return std::nullopt;
}

bool has_display(const Variable& variable) {
  for (const char* name : {"DISPLAY", "WAYLAND_DISPLAY"})
    if (const char* value = variable(name); value != nullptr && *value != '\0') return true;
  return false;
}

// Mostly, the guard of the process has removed it already.
Browser::Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

Result<Browser> Browser::start(const std::string& program) {
  Browser browser;
  std::string name = (fs::temp_directory_path() / "murphy-chromium-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return std::unexpected(not_started("mkdtemp"));
  browser.profile_ = std::make_unique<Folder>(name);
  const fs::path profile = browser.profile_->path() / "profile";
  const fs::path to = browser.profile_->path() / "to", from = browser.profile_->path() / "from";
  // Who opens a pipe for both directions waits for nobody, and never meets its end.
  auto writing = named_pipe(to, O_RDWR);
  if (!writing) return std::unexpected(writing.error());
  auto reading = named_pipe(from, O_RDONLY);
  if (!reading) return std::unexpected(reading.error());
  browser.to_ = std::move(*writing);
  browser.from_ = std::move(*reading);
  auto process = target::Process::start(
      {.command = fmt::format("{} && exec {} --remote-debugging-pipe --user-data-dir={} --no-first-run "
                              "--no-default-browser-check --password-store=basic --disable-sync about:blank 3<{} 4>{}",
                              make_profile(profile), quoted(program), quoted(profile.string()), quoted(to.string()),
                              quoted(from.string())),
       .directory = {},
       .environment = {{"TMPDIR", Value(browser.profile_->path().string())}},
       .folder = browser.profile_->path().string(),
       .grace = grace});
  if (!process) return std::unexpected(process.error());
  browser.process_ = std::move(*process);
  browser.console_ = std::make_unique<target::Console>(browser.process_->take_output());
  return browser;
}

bool Browser::send(std::string_view text) {
  constexpr int patience = 5000; // milliseconds
  while (!text.empty()) {
    const ssize_t written = ::write(to_.number(), text.data(), text.size());
    if (written > 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
      continue;
    }
    if (written < 0 && errno == EINTR) continue;
    pollfd full{to_.number(), POLLOUT, 0};
    if (errno != EAGAIN || ::poll(&full, 1, patience) <= 0) return false;
  }
  return true;
}

void Browser::receive(const std::function<void(std::string_view)>& take) {
  std::array<char, 1 << 16> bytes;
  for (;;) {
    const ssize_t count = ::read(from_.number(), bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return;
    messages_.feed({bytes.data(), static_cast<std::size_t>(count)}, take);
  }
}

std::string Browser::last_words() const {
  std::vector<std::string> lines;
  console_->drain(std::chrono::steady_clock::now() + std::chrono::seconds(1));
  for (const record::ConsoleLine& line : console_->last(most_words)) lines.push_back(line.text);
  return join(lines, "\n");
}

} // namespace murphy::chromium
