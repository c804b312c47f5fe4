// What a watch shows to others: files after each round, and answers to requests.
#pragma once

#include "watch/page/answers.h"

#include <atomic>
#include <chrono>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace murphy::cli {

// Where its files go, as seen from the working directory; empty: nowhere.
struct PublishedFiles {
  std::string metrics;
  std::string status_directory;
};

// What became of an attempt to read the files of the watch again.
enum class Reload { done, failed };

// The watch publishes in its thread; others may ask in theirs.
class WatchPublisher {
public:
  // `known`: what an earlier watch left, which is answered with until the first round ends. Scenarios without secrets
  // in their names.
  WatchPublisher(PublishedFiles files, watch::Published known);

  // After a round, which took so long. `passed`: the time since the round before. Says on standard error once why a
  // file cannot be written.
  void publish(const watch::WatchState& state, const watch::Uptime& passed, std::optional<watch::Counts> counts,
               watch::Instant at, std::chrono::milliseconds took);
  // From now on, these are watched, and the files go there. Where they went before, nobody is to believe them: the
  // status is unknown at `at`, and there is no file of metrics.
  void set_watched(PublishedFiles files, std::vector<watch::WatchedScenario> scenarios, watch::Instant at);
  // Is published at once.
  void note_reload(Reload reload, watch::Instant at);
  // The watch ends: what the files say is not known any longer.
  void end(watch::Instant at);

  // The watch goes on.
  void beat();
  watch::Reply answer(const watch::Ask& ask) const;

private:
  using Files = std::vector<std::pair<std::string, std::string>>; // paths and texts

  void write_status_files(const watch::Published& published, watch::Instant at);
  // Whether all are written. `setting`: that names the place.
  static bool write(const char* setting, const Files& files, bool& is_in_trouble);

  PublishedFiles files_;
  watch::MetricsFacts facts_;
  watch::Uptime uptime_;
  std::vector<std::filesystem::path> earlier_badges_;                         // that an earlier watch wrote
  bool is_metrics_file_in_trouble_ = false, is_directory_in_trouble_ = false; // it was said
  std::atomic<std::chrono::steady_clock::time_point> beat_;
  mutable std::mutex mutex_;                          // guards what follows
  std::shared_ptr<const watch::Published> published_; // never null
};

} // namespace murphy::cli
