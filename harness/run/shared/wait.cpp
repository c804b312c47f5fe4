#include "run/shared/wait.h"

#include <condition_variable>
#include <mutex>

namespace murphy::run {

bool wait(std::chrono::milliseconds pause, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, pause, [] { return false; });
  return !stop.stop_requested();
}

record::Duration since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration_cast<record::Duration>(std::chrono::steady_clock::now() - start);
}

} // namespace murphy::run
