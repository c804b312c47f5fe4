#include "cli/alert_sender.h"

#include "record/retry_after.h"
#include "target/descriptor.h"
#include "target/process.h"
#include "watch/mail/smtp.h"
#include "watch/notify/chat_payload.h"
#include "watch/notify/payload.h"

#include <cstdlib>
#include <exception>
#include <filesystem>
#include <fmt/format.h>
#include <unistd.h>
#include <utility>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;
using scenario::WatchChannel;
using watch::Fate;

constexpr std::chrono::seconds request_limit(10);
constexpr std::chrono::seconds command_limit(30);

// A file with the alert that goes away with its owner.
class AlertFile {
public:
  explicit AlertFile(const std::string& text) {
    std::error_code failed;
    const fs::path folder = fs::temp_directory_path(failed);
    if (failed) return; // TMPDIR names none
    path_ = (folder / "murphy-alert-XXXXXX").string();
    const target::Descriptor file(mkstemp(path_.data()));
    is_written_ = file && write(file.number(), text.data(), text.size()) == static_cast<ssize_t>(text.size());
  }
  ~AlertFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  AlertFile(const AlertFile&) = delete;
  AlertFile& operator=(const AlertFile&) = delete;
  bool is_written() const { return is_written_; }
  const std::string& path() const { return path_; }

private:
  std::string path_;
  bool is_written_ = false;
};

// The address with a path behind its own.
Result<web::Url> below(const web::Url& address, const std::string& path) {
  if (path.empty()) return address;
  std::string whole = address.path();
  while (whole.ends_with('/')) whole.pop_back();
  auto url = web::Url::parse("/." + whole + path, &address); // credentials stay; the dot keeps `//` from being a host
  if (url) url->set_query(address.query());
  return url;
}

watch::AlertPost post_of(const AlertChannel& channel, const watch::Alert& alert, std::optional<std::int64_t> delivery) {
  const watch::Instant now = std::chrono::system_clock::now();
  switch (channel.kind) {
  case WatchChannel::Kind::alertmanager: return watch::alertmanager_post(alert, now);
  case WatchChannel::Kind::slack: return watch::slack_post(alert);
  case WatchChannel::Kind::teams: return watch::teams_post(alert);
  case WatchChannel::Kind::pagerduty: return watch::pagerduty_post(alert, *channel.key);
  case WatchChannel::Kind::webhook:
  case WatchChannel::Kind::exec:
  case WatchChannel::Kind::mail: break;
  }
  return watch::webhook_post(alert, delivery, channel.secret.get(), now);
}

} // namespace

SendOutcome AlertSender::mail(const AlertChannel& channel, const watch::Alert& alert,
                              std::optional<std::int64_t> delivery, const std::stop_token& stop) {
  const watch::Letter letter{.from = channel.mail.from,
                             .to = channel.mail.to,
                             .text = watch::mail_of(alert, channel.mail, delivery, std::chrono::system_clock::now())};
  auto [fate, why] = watch::send_letter(*channel.server, letter, command_limit, stop);
  return {.fate = fate, .why = std::move(why)};
}

SendOutcome AlertSender::request(web::Request request, const std::stop_token& stop) const {
  request.headers.emplace_back("User-Agent", "murphy/" MURPHY_VERSION);
  const auto response = client_.send(request, std::chrono::steady_clock::now() + request_limit, stop);
  if (!response) return {.fate = Fate::again, .why = response.error().error.what};
  return {.fate = watch::fate_of(response->status),
          .why = fmt::format("it answers {}", response->status),
          .asked_to_wait = record::asked_wait(response->headers, std::chrono::system_clock::now())};
}

SendOutcome AlertSender::run(const AlertChannel& channel, const watch::Alert& alert) const {
  const AlertFile file(alert.body + "\n");
  if (!file.is_written()) return {.fate = Fate::again, .why = "the alert cannot be written to a temporary file"};
  auto process = target::Process::start({.command = "exec <\"$MURPHY_ALERT\" >/dev/null 2>&1\n" + channel.command,
                                         .directory = directory_,
                                         .environment = {{"MURPHY_ALERT", Value(file.path())}}});
  if (!process) return {.fate = Fate::again, .why = process.error().what};
  const auto exit = process->wait(std::chrono::steady_clock::now() + command_limit);
  if (!exit)
    return {.fate = Fate::again, .why = fmt::format("the command runs for more than {} s", command_limit.count())};
  if (exit->code() == 0) return {.fate = Fate::sent, .why = {}};
  return {.fate = Fate::again, .why = "the command " + exit->words()};
}

SendOutcome AlertSender::send(const AlertChannel& channel, const std::vector<watch::Alert>& alerts,
                              std::optional<std::int64_t> delivery, const std::stop_token& stop) const {
  try {
    return try_to_send(channel, watch::together(alerts), delivery, stop);
  } catch (const std::exception& error) {
    // It would fail in the same way again, and must not end the watch.
    return {.fate = Fate::never, .why = error.what()};
  }
}

SendOutcome AlertSender::try_to_send(const AlertChannel& channel, const watch::Alert& alert,
                                     std::optional<std::int64_t> delivery, const std::stop_token& stop) const {
  if (channel.kind == WatchChannel::Kind::exec) return run(channel, alert);
  if (channel.kind == WatchChannel::Kind::mail) return mail(channel, alert, delivery, stop);
  watch::AlertPost post = post_of(channel, alert, delivery);
  auto url = below(*channel.url, post.path);
  if (!url) return {.fate = Fate::never, .why = "its address cannot be used"};
  web::Request request;
  request.method = "POST";
  request.url = std::move(*url);
  for (auto& [name, value] : post.headers) request.headers.emplace_back(std::move(name), std::move(value));
  request.body = OutgoingText(std::move(post.body));
  return this->request(std::move(request), stop);
}

bool AlertSender::is_there(const web::Url& address, const std::stop_token& stop) const {
  web::Request request;
  request.url = address;
  return client_.send(request, std::chrono::steady_clock::now() + request_limit, stop).has_value();
}

SendOutcome AlertSender::ping(const web::Url& heartbeat, const std::stop_token& stop) const {
  web::Request request;
  request.url = heartbeat;
  return this->request(std::move(request), stop);
}

} // namespace murphy::cli
