#include "cli/markers.h"

#include "base/text.h"
#include "web/selector/selector.h"

#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <span>
#include <string_view>
#include <utility>

namespace murphy::cli {
namespace {

constexpr std::size_t most = 3;

bool contains_any(std::string_view text, std::span<const std::string_view> parts) {
  const std::string lower = ascii_lower(text);
  return std::ranges::any_of(parts, [&](std::string_view part) { return lower.contains(part); });
}

bool is_of_user(std::string_view name) {
  static constexpr std::array<std::string_view, 6> parts = {"user",   "account", "profile",
                                                            "member", "avatar",  "customer"};
  return contains_any(name, parts);
}

bool leads_out(std::string_view address) {
  static constexpr std::array<std::string_view, 9> parts = {"logout",   "log-out", "log_out", "signout", "sign-out",
                                                            "sign_out", "logoff",  "log-off", "signoff"};
  return contains_any(address.substr(0, address.find_first_of("?#")), parts);
}

// Whether it may be written in a selector as it stands, and is not the name of one thing among many.
bool is_plain(std::string_view name) {
  return !name.empty() && is_letter(name.front()) &&
         std::ranges::all_of(name, [](char c) { return is_letter(c) || c == '-' || c == '_'; });
}

// How good a marker is; the lower, the better.
enum class Rank { data_of_user, way_out, class_of_user, id_of_user, data, id };

struct Candidate {
  Rank rank;
  std::string css;
};

void add_candidates(web::Element element, std::vector<Candidate>& all) {
  for (const web::Attribute& attribute : element.attributes()) {
    const std::string_view name = attribute.name;
    if (!name.starts_with("data-") || !is_plain(name)) continue;
    all.push_back({is_of_user(name) ? Rank::data_of_user : Rank::data, fmt::format("[{}]", name)});
  }
  for (const auto& [tag, key] : {std::pair("form", "action"), std::pair("a", "href")}) {
    const std::string_view address = element.attribute_or_empty(key);
    if (element.is(tag) && leads_out(address) && address.find_first_of("\"\\?#") == std::string_view::npos)
      all.push_back({Rank::way_out, fmt::format("{}[{}=\"{}\"]", tag, key, address)});
  }
  const std::string classes = collapse_white_space(element.attribute_or_empty("class"));
  for (const std::string_view each : split(classes, ' '))
    if (is_plain(each) && is_of_user(each)) all.push_back({Rank::class_of_user, fmt::format(".{}", each)});
  if (const std::string_view id = element.attribute_or_empty("id"); is_plain(id))
    all.push_back({is_of_user(id) ? Rank::id_of_user : Rank::id, fmt::format("#{}", id)});
}

bool selects(const std::string& css, const web::Document& document) {
  const auto selector = web::Selector::parse(css);
  return selector && !selector->select(document).empty();
}

} // namespace

std::vector<std::string> markers(const web::Document& of_member, const web::Document& of_stranger) {
  std::vector<Candidate> all;
  for (web::Element element = of_member.root(); element; element = element.next()) add_candidates(element, all);
  std::ranges::stable_sort(all, {}, &Candidate::rank);
  std::vector<std::string> found;
  for (const Candidate& each : all) {
    if (found.size() == most) break;
    if (contains(found, each.css) || selects(each.css, of_stranger) || !selects(each.css, of_member)) continue;
    found.push_back(each.css);
  }
  return found;
}

} // namespace murphy::cli
