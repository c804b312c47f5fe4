#include "watch/notify/retry.h"

#include "base/text.h"

#include <algorithm>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <fmt/format.h>

namespace murphy::watch {
namespace {

using std::chrono::seconds;

constexpr seconds first_wait(5);
constexpr seconds longest_wait(600);
constexpr std::chrono::hours longest_asked_for(1);

} // namespace

Fate fate_of(int status) {
  if (status >= 200 && status < 300) return Fate::sent;
  // 408 and 429 ask for another attempt; what else is the client's own fault stays wrong.
  return status == 0 || status == 408 || status == 429 || status >= 500 ? Fate::again : Fate::never;
}

seconds wait_before_attempt(int failed_attempts, std::optional<seconds> asked_for) {
  seconds wait = first_wait;
  for (int i = 1; i < failed_attempts && wait < longest_wait; ++i) wait *= 2;
  return std::max(std::min(wait, longest_wait), std::min<seconds>(asked_for.value_or(seconds(0)), longest_asked_for));
}

Alert together(const std::vector<Alert>& alerts) {
  if (alerts.size() == 1) return alerts.front();
  Alert all = alerts.back();
  all.event = "digest";
  all.severity = std::ranges::max(alerts, {}, &Alert::severity).severity;
  all.lines = {fmt::format("{} alerts came in a short time; these were held back:", alerts.size())};
  for (const Alert& each : alerts) all.lines.push_back(each.lines.front());
  boost::json::object body = boost::json::parse(all.body).as_object();
  body["event"] = all.event;
  body["severity"] = name_of(all.severity);
  body["text"] = join(all.lines, "\n");
  all.body = boost::json::serialize(body);
  return all;
}

} // namespace murphy::watch
