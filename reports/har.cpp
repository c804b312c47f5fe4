// HAR 1.2 (http://www.softwareishard.com/blog/har-12-spec/): what went over the wire, for the tools of browsers. A page
// for each step, and everything masked as it is in the journal.
#include "base/json_text.h"
#include "base/log_commands.h"
#include "base/percent.h"
#include "base/text.h"
#include "record/run.h"
#include "record/time.h"
#include "words/note_text.h"

#include <algorithm>
#include <boost/json.hpp>
#include <fmt/format.h>

namespace murphy::reports {

namespace {

namespace json = boost::json;
using record::Exchange;
using record::Reason;

double in_milliseconds(record::Duration duration) { return static_cast<double>(duration.count()) / 1000.0; }

json::array list(const std::vector<record::Header>& headers) {
  json::array array;
  for (const record::Header& header : headers)
    array.push_back(json::object{{"name", repair_utf8(header.name)}, {"value", repair_utf8(header.value)}});
  return array;
}

json::array pairs_of(std::string_view text) {
  json::array array;
  for (const std::string_view pair : split(text, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    const std::string_view value = pair.substr(std::min(equals + 1, pair.size()));
    array.push_back(json::object{{"name", repair_utf8(form_urldecode(pair.substr(0, equals)))},
                                 {"value", repair_utf8(form_urldecode(value))}});
  }
  return array;
}

std::string text_of(const std::string* header) { return header == nullptr ? std::string() : repair_utf8(*header); }

json::object request_of(const Exchange& exchange) {
  const std::size_t query = std::min(exchange.url.find('?'), exchange.url.size());
  const std::size_t fragment = std::min(exchange.url.find('#', query), exchange.url.size());
  json::object request{
      {"method", exchange.method},
      {"url", repair_utf8(exchange.url)},
      {"httpVersion", "HTTP/1.1"},
      {"cookies", json::array{}},
      {"headers", list(exchange.request_headers)},
      {"queryString",
       pairs_of(query < exchange.url.size() ? std::string_view(exchange.url).substr(query + 1, fragment - query - 1)
                                            : std::string_view())},
      {"headersSize", -1},
      {"bodySize", exchange.request_body.size()}};
  if (exchange.request_body.empty()) return request;
  const std::string type = text_of(record::find_header(exchange.request_headers, "Content-Type"));
  json::object sent{{"mimeType", type}, {"text", repair_utf8(exchange.request_body)}};
  sent["params"] = type.contains("urlencoded") ? pairs_of(exchange.request_body) : json::array{};
  request["postData"] = std::move(sent);
  return request;
}

json::object answer_of(const Exchange& exchange) {
  const std::string type = text_of(record::find_header(exchange.headers, "Content-Type"));
  return {
      {"status", exchange.status},
      {"statusText", ""},
      {"httpVersion", "HTTP/1.1"},
      {"cookies", json::array{}},
      {"headers", list(exchange.headers)},
      {"content", json::object{{"size", exchange.body_size}, {"mimeType", type}, {"text", repair_utf8(exchange.body)}}},
      {"redirectURL", record::is_redirect(exchange.status) ? text_of(record::find_header(exchange.headers, "Location"))
                                                           : std::string()},
      {"headersSize", -1},
      {"bodySize", exchange.body_size},
      {"comment", repair_utf8(exchange.error)}};
}

bool is_document(Reason reason) {
  return reason != Reason::requested && reason != Reason::framed && reason != Reason::probe &&
         reason != Reason::control && reason != Reason::ready;
}

json::object entry_of(const Exchange& exchange, const std::string& page) {
  const record::Timing& timing = exchange.timing;
  const auto phase = [](record::Duration duration) { return duration.count() == 0 ? -1.0 : in_milliseconds(duration); };
  return {{"pageref", page},
          {"startedDateTime", record::to_iso_8601(exchange.started)},
          {"time", in_milliseconds(timing.total())},
          {"request", request_of(exchange)},
          {"response", answer_of(exchange)},
          {"cache", json::object{}},
          {"timings", json::object{{"blocked", -1},
                                   {"dns", phase(timing.resolve)},
                                   {"connect", phase(timing.connect)},
                                   {"ssl", phase(timing.tls)},
                                   {"send", 0},
                                   {"wait", in_milliseconds(timing.first_byte)},
                                   {"receive", in_milliseconds(timing.body)}}},
          {"_resourceType", is_document(exchange.reason) ? "document" : "fetch"}};
}

} // namespace

std::string har(const record::Run& run) {
  json::array pages, entries;
  for (const record::FeatureResult& feature : run.features) {
    for (const record::CaseResult& result : feature.cases) {
      for (const record::StepResult& step : result.steps) {
        const std::string id = fmt::format("step_{}", pages.size() + 1);
        pages.push_back(json::object{{"id", id},
                                     {"title", one_line(fmt::format("{}: {}", result.plan->name, step.title))},
                                     {"startedDateTime", record::to_iso_8601(step.started)},
                                     {"pageTimings", json::object{}},
                                     {"comment", one_line(words::note_text(step.note))}});
        for (const Exchange* exchange : record::own_exchanges(step.evidence.exchanges))
          entries.push_back(entry_of(*exchange, id));
      }
    }
  }
  return json_without_commands(json_text(json::object{
             {"log",
              json::object{{"version", "1.2"},
                           {"creator", json::object{{"name", "murphy"}, {"version", run.started.murphy_version}}},
                           {"pages", std::move(pages)},
                           {"entries", std::move(entries)}}}})) +
         "\n";
}

} // namespace murphy::reports
