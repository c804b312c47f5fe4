#include "run/sign_in_probes/probe_endings.h"

#include "base/address.h"
#include "run/shared/sign_in_form.h"

#include <algorithm>
#include <array>
#include <utility>

namespace murphy::run {
namespace {

using record::ProbeEnd;

// What an obstacle shows: silence does, what keeps Murphy from going on does not.
ProbeEnd end_of(const drive::Obstacle& obstacle) {
  return obstacle.kind == drive::Obstacle::Kind::network ? ProbeEnd::no_answer : ProbeEnd::not_asked;
}

bool met_server_error(const drive::Visit& visit) {
  return std::ranges::any_of(visit.answers, [](const auto& answer) { return answer->status() >= 500; });
}

// An address on a page as one that can be asked for; empty when it leads elsewhere.
std::string within_origin(const std::string& page, const std::string& address) {
  const AddressParts from = address_parts(page);
  if (from.origin.empty() || address.empty() || address.starts_with("//") || address.starts_with("#")) return {};
  if (address.starts_with("/")) return address;
  if (address.starts_with(std::string(from.origin) + "/")) return address.substr(from.origin.size());
  if (address.find(':') < address.find('/')) return {}; // another scheme, or another host
  return std::string(from.path.substr(0, from.path.rfind('/') + 1)) + address;
}

} // namespace

ProbeEnd end_of_page(const drive::Visited& visited) {
  if (!visited) return end_of(visited.error());
  const int status = visited->page->status();
  return status >= 500 ? ProbeEnd::server_error : status >= 400 ? ProbeEnd::refused : ProbeEnd::works;
}

ProbeEnd end_of_dashboard(const drive::Visited& visited, const DashboardFacts& facts) {
  if (!visited) return end_of(visited.error());
  if (met_server_error(*visited)) return ProbeEnd::server_error;
  if (judge_open(*visited, facts).holds) return ProbeEnd::works;
  return judge_closed(*visited, facts).holds ? ProbeEnd::refused : ProbeEnd::not_asked;
}

std::optional<ProbeEnd> end_of_sign_in(const record::StepResult& sign_in, const drive::Page* page,
                                       std::string_view form, const DashboardFacts& facts) {
  const auto& exchanges = sign_in.evidence.exchanges;
  if (sign_in.error) return sign_in.error->kind == ErrorKind::target ? ProbeEnd::no_answer : ProbeEnd::not_asked;
  if (std::ranges::any_of(exchanges, [](const record::Exchange& exchange) { return exchange.status >= 500; }))
    return ProbeEnd::server_error;
  if (!exchanges.empty() && is_throttled(exchanges.back().status)) return ProbeEnd::not_asked;
  if (page != nullptr) {
    const bool asked_again =
        !form.empty() && shows_sign_in_form(*page, form) && !shows_marker_first(*page, nullptr, facts);
    if (page->status() >= 400 || asked_again) return ProbeEnd::refused;
  }
  return sign_in.outcome == record::Outcome::passed ? std::nullopt : std::optional(ProbeEnd::not_asked);
}

bool is_throttled(int status) { return status == 429 || status == 423; }

std::optional<std::string> static_part(const drive::Page& page) {
  constexpr auto parts = std::to_array<std::pair<std::string_view, std::string_view>>(
      {{"link[rel~=stylesheet][href]", "href"}, {"script[src]", "src"}, {"img[src]", "src"}});
  for (const auto& [selector, attribute] : parts) {
    const auto elements = page.select(selector);
    if (!elements) return std::nullopt;
    for (const drive::Element& element : *elements) {
      const auto address = element.attributes.find(std::string(attribute));
      if (address == element.attributes.end()) continue;
      if (std::string found = within_origin(page.url(), address->second); !found.empty()) return found;
    }
  }
  return std::nullopt;
}

} // namespace murphy::run
