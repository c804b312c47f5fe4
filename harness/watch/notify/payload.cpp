#include "watch/notify/payload.h"

#include "base/hmac.h"
#include "base/text.h"
#include "record/time.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <chrono>
#include <fmt/format.h>

namespace murphy::watch {
namespace {

namespace json = boost::json;

constexpr std::chrono::minutes lasts(4);

// The body of an alert is of our own making.
json::object facts_of(const Alert& alert) { return json::parse(alert.body).as_object(); }

std::string text_at(const json::object& facts, std::string_view key, const std::string& otherwise) {
  const json::value* value = facts.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : otherwise;
}

} // namespace

AlertPost webhook_post(const Alert& alert, std::optional<std::int64_t> delivery, const Secret* secret, Instant now) {
  const std::string time = std::to_string(std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count());
  AlertPost post{
      .path = {},
      .headers = {{"Content-Type", "application/json"}, {"X-Murphy-Event", alert.event}, {"X-Murphy-Timestamp", time}},
      .body = alert.body};
  if (delivery) post.headers.emplace_back("X-Murphy-Delivery", std::to_string(*delivery));
  if (secret != nullptr)
    post.headers.emplace_back("X-Murphy-Signature", "sha256=" + hex_hmac_sha256(*secret, time + "." + alert.body));
  return post;
}

AlertPost alertmanager_post(const Alert& alert, Instant now) {
  const json::object facts = facts_of(alert);
  const bool is_over = alert.event == "resolved";
  const std::string at = text_at(facts, "at", record::to_iso_8601(now));
  json::object labels{{"alertname", "MurphySignIn"},
                      {"target", text_at(facts, "target", "")},
                      {"severity", name_of(alert.severity)},
                      {"incident", alert.incident}};
  json::object annotations{{"summary", alert.lines.front()}, {"description", join(alert.lines, "\n")}};
  json::object posted{{"labels", std::move(labels)},
                      {"annotations", std::move(annotations)},
                      {"startsAt", text_at(facts, "opened", at)},
                      {"endsAt", is_over ? at : record::to_iso_8601(now + lasts)}};
  return {.path = "/api/v2/alerts",
          .headers = {{"Content-Type", "application/json"}},
          .body = json::serialize(json::array{std::move(posted)})};
}

} // namespace murphy::watch
