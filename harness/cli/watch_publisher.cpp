#include "cli/watch_publisher.h"

#include "cli/own_process.h"
#include "cli/terminal.h"
#include "reports/report_file.h"
#include "watch/page/status_json.h"

#include <algorithm>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

namespace murphy::cli {
namespace {

using std::chrono::steady_clock;

std::vector<std::filesystem::path> badges_in(const std::filesystem::path& directory) {
  std::ifstream in(directory / "status.json", std::ios::binary);
  const std::string status{std::istreambuf_iterator(in), {}};
  std::vector<std::filesystem::path> badges;
  for (const std::string& slug : watch::slugs_in(status)) badges.push_back(directory / watch::badge_file(slug));
  return badges;
}

} // namespace

WatchPublisher::WatchPublisher(PublishedFiles files, watch::Published known)
    : files_(std::move(files)), facts_(known.facts), uptime_(known.uptime), beat_(steady_clock::now()) {
  known.has_begun = false;
  published_ = std::make_shared<const watch::Published>(std::move(known));
  if (!files_.status_directory.empty()) earlier_badges_ = badges_in(files_.status_directory);
}

void WatchPublisher::publish(const watch::WatchState& state, const watch::Uptime& passed,
                             std::optional<watch::Counts> counts, watch::Instant at, std::chrono::milliseconds took) {
  watch::note_round(facts_.scenarios, took);
  watch::add(uptime_, passed);
  watch::forget_old(uptime_);
  facts_.counts = std::move(counts);
  const auto published =
      std::make_shared<const watch::Published>(watch::Published{.state = state, .facts = facts_, .uptime = uptime_});
  {
    const std::lock_guard lock(mutex_);
    published_ = published;
  }
  if (!files_.metrics.empty())
    write("metrics", {{files_.metrics, watch::metrics_text(state, facts_, record::MetricsFormat::prometheus, at)}},
          is_metrics_file_in_trouble_);
  write_status_files(*published, at);
}

void WatchPublisher::set_watched(PublishedFiles files, std::vector<watch::WatchedScenario> scenarios,
                                 watch::Instant at) {
  if (files.status_directory != files_.status_directory) end(at);
  if (std::error_code gone; files.metrics != files_.metrics && !files_.metrics.empty())
    std::filesystem::remove(files_.metrics, gone);
  files_ = std::move(files);
  facts_.scenarios = std::move(scenarios);
  if (!files_.status_directory.empty()) earlier_badges_ = badges_in(files_.status_directory);
}

void WatchPublisher::note_reload(Reload reload, watch::Instant at) {
  facts_.reload.is_good = reload == Reload::done;
  if (facts_.reload.is_good) facts_.reload.last_good = at;
  auto published = std::make_shared<watch::Published>(*published_);
  published->facts.reload = facts_.reload;
  const std::lock_guard lock(mutex_);
  published_ = std::move(published);
}

void WatchPublisher::end(watch::Instant at) {
  if (!published_->has_begun) return;
  watch::Published last = *published_;
  last.has_ended = true;
  write_status_files(last, at);
}

void WatchPublisher::write_status_files(const watch::Published& published, watch::Instant at) {
  if (files_.status_directory.empty()) return;
  Files files;
  for (auto& [name, text] : watch::status_files(published, at))
    files.emplace_back((std::filesystem::path(files_.status_directory) / name).string(), std::move(text));
  if (!write("status_directory", files, is_directory_in_trouble_)) return;
  // Of a feature that is gone, a badge would stay green for ever.
  for (const std::filesystem::path& badge : std::exchange(earlier_badges_, {})) {
    std::error_code gone;
    if (std::ranges::find(files, badge.string(), &Files::value_type::first) == files.end())
      std::filesystem::remove(badge, gone);
  }
}

// Each round would have the same to say.
bool WatchPublisher::write(const char* setting, const Files& files, bool& is_in_trouble) {
  for (const auto& [file, text] : files) {
    auto written = reports::write_report(file, text);
    if (written) continue;
    written.error().what = fmt::format("`{}` of [watch]: {}", setting, written.error().what);
    if (!std::exchange(is_in_trouble, true)) show({written.error()});
    return false;
  }
  is_in_trouble = false;
  return true;
}

void WatchPublisher::beat() { beat_ = steady_clock::now(); }

watch::Reply WatchPublisher::answer(const watch::Ask& ask) const {
  std::shared_ptr<const watch::Published> published;
  {
    const std::lock_guard lock(mutex_);
    published = published_;
  }
  if (ask.path == "/metrics") {
    auto with_process = std::make_shared<watch::Published>(*published);
    with_process->facts.process = own_process();
    published = std::move(with_process);
  }
  const auto pulse =
      steady_clock::now() - beat_.load() <= watch::longest_round ? watch::Pulse::beats : watch::Pulse::stopped;
  return watch::answer_to(ask, *published, pulse, std::chrono::system_clock::now());
}

} // namespace murphy::cli
