#include "watch/page/status_json.h"

#include "base/json_text.h"
#include "base/text.h"
#include "record/time.h"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>
#include <boost/system/error_code.hpp>
#include <chrono>

namespace murphy::watch {
namespace {

namespace json = boost::json;

json::value seconds(std::chrono::milliseconds time) { return std::chrono::floor<std::chrono::seconds>(time).count(); }

json::object day_of(const DayView& day) {
  return {{"day", record::to_iso_8601(day.day).substr(0, 10)},
          {"state", name_of(day.state)},
          {"up", seconds(day.time.up)},
          {"degraded", seconds(day.time.degraded)},
          {"down", seconds(day.time.down)},
          {"maintenance", seconds(day.time.maintenance)}};
}

// As they are made: one that names another folder is not.
bool is_slug(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char each) { return is_alphanumeric(each) || each == '-'; });
}

} // namespace

std::vector<std::string> slugs_in(std::string_view status_json) {
  boost::system::error_code broken;
  const json::value status = json::parse(status_json, broken);
  std::vector<std::string> slugs;
  const json::array none;
  const auto* all = broken ? nullptr : status.if_object();
  const auto* features = all ? all->if_contains("features") : nullptr;
  for (const json::value& each : features && features->is_array() ? features->get_array() : none) {
    const auto* feature = each.if_object();
    const auto* slug = feature ? feature->if_contains("slug") : nullptr;
    if (slug && slug->is_string() && is_slug(slug->get_string())) slugs.emplace_back(slug->get_string());
  }
  return slugs;
}

std::string status_json(const StatusView& view) {
  json::array features;
  for (const FeatureView& each : view.features) {
    json::array days;
    for (const DayView& day : each.days)
      if (day.time.known() > std::chrono::milliseconds(0)) days.push_back(day_of(day));
    features.push_back(json::object{{"name", each.name},
                                    {"slug", each.slug},
                                    {"state", name_of(each.state)},
                                    {"percent_up", each.percent ? json::value(*each.percent) : json::value()},
                                    {"days", std::move(days)}});
  }
  return repair_utf8(json_text(json::object{
             {"version", status_json_version},
             {"state", name_of(view.state)},
             {"as_of", view.as_of == Instant{} ? json::value() : json::value(record::to_iso_8601(view.as_of))},
             {"features", std::move(features)}})) +
         "\n";
}

} // namespace murphy::watch
