#include "imported/visits.h"

#include "base/percent.h"
#include "base/text.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>

namespace murphy::imported {
namespace {

constexpr std::size_t longest_wait = 20; // visits, in which a redirect is followed

// Where a redirect leads; none where the answer is none.
std::optional<web::Url> target_of(const HarEntry& entry, const web::Url& address) {
  const std::string location = header_of(entry.answer_headers, "location");
  if (entry.status < 300 || entry.status >= 400 || location.empty()) return std::nullopt;
  const auto target = web::Url::parse(location, &address);
  return target ? std::optional(*target) : std::nullopt;
}

std::vector<PostedField> fields_of_text(std::string_view text) {
  std::vector<PostedField> fields;
  for (const std::string_view pair : split(text, '&')) {
    if (pair.empty()) continue;
    const std::size_t equals = std::min(pair.find('='), pair.size());
    fields.push_back({repair_utf8(form_urldecode(pair.substr(0, equals))),
                      repair_utf8(form_urldecode(pair.substr(std::min(equals + 1, pair.size()))))});
  }
  return fields;
}

// The value of `name="…"` in the header of a part.
std::string parameter(std::string_view head, std::string_view name) {
  const std::string start = std::string(name) + "=\"";
  for (std::size_t at = head.find(start); at != std::string_view::npos; at = head.find(start, at + 1)) {
    if (at > 0 && is_alphanumeric(head[at - 1])) continue;
    const std::string_view rest = head.substr(at + start.size());
    return std::string(rest.substr(0, rest.find('"')));
  }
  return {};
}

// The parts of multipart/form-data (RFC 7578).
std::vector<PostedField> fields_of_parts(std::string_view text) {
  std::vector<PostedField> fields;
  const std::string_view boundary = text.substr(0, text.find('\n'));
  if (!boundary.starts_with("--")) return fields;
  const std::string separator(trim(boundary));
  for (std::size_t at = text.find(separator); at != std::string_view::npos;) {
    const std::size_t begin = at + separator.size();
    const std::size_t end = text.find(separator, begin);
    std::string_view part = text.substr(begin, end == std::string_view::npos ? end : end - begin);
    at = end;
    const bool has_returns = part.contains("\r\n\r\n");
    const std::size_t gap = part.find(has_returns ? "\r\n\r\n" : "\n\n");
    if (gap == std::string_view::npos) continue;
    const std::string_view head = part.substr(0, gap);
    std::string_view value = part.substr(gap + (has_returns ? 4 : 2));
    if (value.ends_with('\n')) value.remove_suffix(1);
    if (value.ends_with('\r')) value.remove_suffix(1);
    const bool is_file = head.contains("filename=\"");
    fields.push_back({parameter(head, "name"), is_file ? parameter(head, "filename") : std::string(value), is_file});
  }
  return fields;
}

} // namespace

std::vector<PostedField> sent_fields(const HarEntry& entry) {
  const std::string type = ascii_lower(entry.sent_type);
  if (!entry.sent_text.empty()) {
    if (type.contains("multipart/form-data"))
      if (auto fields = fields_of_parts(entry.sent_text); !fields.empty()) return fields;
    if (type.contains("urlencoded")) return fields_of_text(entry.sent_text);
  }
  return entry.sent_fields;
}

std::vector<PageVisit> visits(const std::vector<HarEntry>& documents) {
  std::vector<PageVisit> all;
  std::vector<std::optional<web::Url>> awaited; // of each visit: where its last hop leads
  for (const HarEntry& entry : documents) {
    const auto address = web::Url::parse(entry.url);
    if (!address) continue;
    PageVisit* visit = nullptr;
    const std::size_t first = all.size() - std::min(all.size(), longest_wait);
    for (std::size_t at = all.size(); at-- > first && visit == nullptr;) {
      if (!awaited[at] || awaited[at]->without_fragment() != address->without_fragment()) continue;
      visit = &all[at];
      awaited[at] = target_of(entry, *address);
    }
    if (visit == nullptr) {
      visit = &all.emplace_back();
      awaited.push_back(target_of(entry, *address));
    }
    visit->hops.push_back(&entry);
    visit->addresses.push_back(*address);
  }
  return all;
}

std::string origin_of_app(const std::vector<PageVisit>& visits, const std::vector<std::string>& known) {
  std::map<std::string, std::size_t> ends;
  std::string most;
  for (const PageVisit& visit : visits) {
    const std::string origin = visit.addresses.back().origin();
    if (contains(known, origin)) return origin;
    ++ends[origin];
  }
  for (const PageVisit& visit : visits) { // the first of those that are as good
    const std::string origin = visit.addresses.back().origin();
    if (most.empty() || ends[origin] > ends[most]) most = origin;
  }
  return most;
}

} // namespace murphy::imported
