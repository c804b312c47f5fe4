#include "watch/notify/chat_payload.h"

#include "base/text.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <string_view>

namespace murphy::watch {
namespace {

namespace json = boost::json;

// In bytes, below what the services take in characters.
constexpr std::size_t longest_header = 140, longest_section = 2900, longest_line = 1000, longest_summary = 1000;

AlertPost post_of(const json::value& body) {
  return {.path = {}, .headers = {{"Content-Type", "application/json"}}, .body = repair_utf8(json::serialize(body))};
}

std::string below_the_title(const Alert& alert) { return join({alert.lines.begin() + 1, alert.lines.end()}, "\n"); }

json::object plain(std::string_view text, std::size_t most) {
  return {{"type", "plain_text"}, {"text", with_middle_cut(text, most)}, {"emoji", false}};
}

// https://api.slack.com/reference/surfaces/formatting#escaping
std::string for_slack(std::string_view text) {
  std::string all;
  for (const char c : text) all += c == '&' ? "&amp;" : c == '<' ? "&lt;" : c == '>' ? "&gt;" : std::string(1, c);
  return all;
}

std::string_view colour_of(const Alert& alert) {
  if (alert.event == "resolved" || alert.event == "test") return "good";
  return alert.severity == Severity::critical ? "attention" : "warning";
}

} // namespace

AlertPost slack_post(const Alert& alert) {
  json::array blocks{json::object{{"type", "header"}, {"text", plain(alert.lines.front(), longest_header)}}};
  if (const std::string rest = below_the_title(alert); !rest.empty())
    blocks.push_back(json::object{{"type", "section"}, {"text", plain(rest, longest_section)}});
  return post_of(json::object{{"text", for_slack(alert.lines.front())}, {"blocks", std::move(blocks)}});
}

AlertPost teams_post(const Alert& alert) {
  // Runs of rich text, as Markdown has no meaning in them.
  json::array body;
  for (const std::string& line : alert.lines) {
    json::object run{{"type", "TextRun"}, {"text", with_middle_cut(line, longest_line)}};
    if (body.empty()) {
      run["weight"] = "bolder";
      run["color"] = colour_of(alert);
    }
    body.push_back(json::object{{"type", "RichTextBlock"}, {"inlines", json::array{std::move(run)}}});
  }
  json::object card{{"$schema", "http://adaptivecards.io/schemas/adaptive-card.json"},
                    {"type", "AdaptiveCard"},
                    {"version", "1.4"},
                    {"body", std::move(body)}};
  return post_of(
      json::object{{"type", "message"},
                   {"attachments", json::array{json::object{{"contentType", "application/vnd.microsoft.card.adaptive"},
                                                            {"contentUrl", nullptr},
                                                            {"content", std::move(card)}}}}});
}

AlertPost pagerduty_post(const Alert& alert, const Secret& key) {
  const json::object facts = json::parse(alert.body).as_object();
  const json::value* target = facts.if_contains("target");
  const json::value* at = facts.if_contains("at");
  const bool is_test = alert.event == "test";
  json::object event{{"routing_key", key.reveal().view()},
                     {"event_action", alert.event == "resolved" ? "resolve" : "trigger"},
                     {"dedup_key", alert.key}};
  event["payload"] =
      json::object{{"summary", with_middle_cut(alert.lines.front(), longest_summary)},
                   {"source", target != nullptr ? *target : json::value("murphy")},
                   {"severity", is_test ? std::string_view("info") : name_of(alert.severity)},
                   {"timestamp", at != nullptr ? *at : json::value()},
                   {"component", "sign-in"},
                   {"custom_details", json::object{{"incident", alert.incident}, {"text", join(alert.lines, "\n")}}}};
  event["client"] = "Murphy";
  return post_of(event);
}

} // namespace murphy::watch
