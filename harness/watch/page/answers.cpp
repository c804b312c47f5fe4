#include "watch/page/answers.h"

#include "base/hash.h"
#include "base/percent.h"
#include "watch/page/badge.h"
#include "watch/page/status_json.h"
#include "watch/page/status_page.h"
#include "watch/page/status_view.h"

#include <algorithm>
#include <string_view>

namespace murphy::watch {
namespace {

constexpr std::string_view badges = "/badge/", svg_ending = ".svg";
constexpr std::size_t digits_of_tag = 16;

// Browsers and proxies ask again after a minute, and need not take the same twice.
Reply kept_for_a_minute(const Ask& ask, std::string type, std::string body) {
  const std::string tag = '"' + hex_digest(Hash::sha256, body).substr(0, digits_of_tag) + '"';
  Reply answer{.type = std::move(type), .body = std::move(body)};
  answer.headers = {{"Cache-Control", "max-age=60"}, {"ETag", tag}};
  if (!ask.has_tag.contains(tag)) return answer;
  answer.status = 304;
  answer.body.clear();
  return answer;
}

Reply metrics(const Ask& ask, const Published& published, Instant now) {
  const bool is_open = ask.accept.contains("application/openmetrics-text");
  const auto format = is_open ? record::MetricsFormat::openmetrics : record::MetricsFormat::prometheus;
  return {.type = is_open ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
                          : "text/plain; version=0.0.4; charset=utf-8",
          .body = metrics_text(published.state, published.facts, format, now)};
}

Reply badge_of(const Ask& ask, const StatusView& view) {
  std::string name = percent_decode(std::string_view(ask.path).substr(badges.size()));
  if (name.ends_with(svg_ending)) name.resize(name.size() - svg_ending.size());
  const auto found = std::ranges::find_if(
      view.features, [&](const FeatureView& each) { return each.slug == name || each.name == name; });
  if (found == view.features.end()) return {.status = 404, .body = "no feature has this name\n"};
  return kept_for_a_minute(ask, "image/svg+xml", badge(*found));
}

} // namespace

Reply answer_to(const Ask& ask, const Published& published, Pulse pulse, Instant now) {
  if (ask.path == "/healthz")
    return pulse == Pulse::beats ? Reply{.body = "ok\n"} : Reply{.status = 503, .body = "no round ends any longer\n"};
  if (ask.path == "/readyz")
    return published.has_begun ? Reply{.body = "ok\n"} : Reply{.status = 503, .body = "no round has ended yet\n"};
  if (ask.path == "/metrics") return metrics(ask, published, now);
  const StatusView view = status_view(published, now);
  if (ask.path == "/status")
    return {.type = "text/html; charset=utf-8",
            .body = status_page(view),
            .headers = {{"Content-Security-Policy", page_policy},
                        {"Referrer-Policy", "no-referrer"},
                        {"Cache-Control", "no-cache"}}};
  if (ask.path == "/status.json") return kept_for_a_minute(ask, "application/json", status_json(view));
  if (ask.path.starts_with(badges)) return badge_of(ask, view);
  return {.status = 404, .body = "there are /status /status.json /badge/NAME.svg /metrics /healthz /readyz\n"};
}

std::string badge_file(const std::string& slug) {
  return std::string(badges.substr(1)) + slug + std::string(svg_ending);
}

std::vector<std::pair<std::string, std::string>> status_files(const Published& published, Instant now) {
  const StatusView view = status_view(published, now);
  std::vector<std::pair<std::string, std::string>> files{{"index.html", status_page(view)},
                                                         {"status.json", status_json(view)}};
  for (const FeatureView& each : view.features) files.emplace_back(badge_file(each.slug), badge(each));
  return files;
}

} // namespace murphy::watch
