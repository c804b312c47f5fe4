#include "imported/har_log.h"

#include "base/text.h"
#include "imported/har_values.h"

#include <algorithm>
#include <optional>

namespace murphy::imported {
namespace {

bool is_redirect(int status) { return status >= 300 && status < 400 && status != 304; }

bool is_page(std::string_view type) { return type.contains("html"); }

// What the browser loaded for its window itself. Each producer says it in its own way, and some only by what the
// browser asked for and got.
bool is_document(const HarEntry& entry) {
  const std::string destination = ascii_lower(header_of(entry.request_headers, "sec-fetch-dest"));
  if (!destination.empty()) return destination == "document";
  if (entry.type != ResourceType::unknown) return entry.type == ResourceType::document;
  if (!header_of(entry.request_headers, "x-requested-with").empty()) return false;
  return header_of(entry.request_headers, "accept").contains("text/html") &&
         (is_page(ascii_lower(entry.answer_type)) || is_redirect(entry.status) || entry.answer_type.empty());
}

bool is_frame(const HarEntry& entry) {
  const std::string destination = ascii_lower(header_of(entry.request_headers, "sec-fetch-dest"));
  return destination == "iframe" || destination == "frame";
}

// Of the headers of a request or of its answer: where from, where to, and that there is a token.
bool is_needed(std::string_view header) {
  const std::string name = ascii_lower(header);
  return name == "referer" || name == "location" || name == "sec-fetch-site" || name.contains("csrf") ||
         name.contains("xsrf");
}

bool sends(const HarEntry& entry) {
  return entry.method == "POST" || entry.method == "PUT" || entry.method == "PATCH" || entry.method == "DELETE";
}

} // namespace

void HarLog::read_body(HarEntry& entry) {
  const bool is_page = is_document(entry);
  if (entry.body || entry.body_file.empty() || !(is_page || ascii_lower(entry.answer_type).contains("json"))) return;
  if (const auto bytes = read_file_(entry.body_file); bytes && bytes->size() <= most_bodies)
    entry.body = body_text(*bytes, entry.answer_type);
  else if (is_page)
    missing_files_.push_back(entry.body_file);
}

void HarLog::take_document(HarEntry entry) {
  const bool has_page = !is_redirect(entry.status) && entry.status != 204 && entry.status != 304;
  if (!entry.body && has_page) ++without_body_;
  if (entry.body && !is_page(ascii_lower(entry.answer_type))) entry.body.reset();
  if (entry.body && bodies_ + entry.body->size() > most_bodies) {
    entry.body.reset();
    has_dropped_bodies_ = true;
  }
  if (entry.body) bodies_ += entry.body->size();
  keep_little(entry);
  if (documents_.size() < most_documents)
    documents_.push_back(std::move(entry));
  else
    has_dropped_sent_ = true;
}

void HarLog::keep_little(HarEntry& entry) {
  std::erase_if(entry.request_headers, [](const record::Header& header) { return !is_needed(header.name); });
  std::erase_if(entry.answer_headers, [](const record::Header& header) { return !is_needed(header.name); });
  entry.request_headers.shrink_to_fit();
  entry.answer_headers.shrink_to_fit();
  entry.request_cookies = {};
  entry.answer_cookies = {};
  std::size_t size = entry.sent_text.size();
  for (const PostedField& field : entry.sent_fields) size += field.name.size() + field.value.size();
  if (sent_ + size > most_sent) {
    entry.sent_text = {};
    entry.sent_fields = {};
    has_dropped_sent_ = true;
    return;
  }
  sent_ += size;
}

void HarLog::take(HarEntry entry) {
  if (!entry.request_cookies.empty() || !entry.answer_cookies.empty() ||
      !header_of(entry.request_headers, "cookie").empty() || !header_of(entry.answer_headers, "set-cookie").empty())
    has_cookies_ = true;
  if (entry.has_web_socket || entry.status == 101) ++web_sockets_;
  if (entry.method == "CONNECT")
    ++left_out_[NoDocument::tunnels];
  else if (entry.status <= 0)
    ++left_out_[NoDocument::cancelled];
  else if (is_frame(entry))
    ++left_out_[NoDocument::frames];
  else if (is_document(entry))
    take_document(std::move(entry));
  else if (!sends(entry))
    ++left_out_[NoDocument::of_pages];
  else {
    ++left_out_[NoDocument::of_scripts];
    entry.body.reset();
    if (calls_.size() == most_calls) return;
    keep_little(entry);
    calls_.push_back(std::move(entry));
  }
}

void HarLog::sort() {
  std::ranges::stable_sort(documents_, {}, &HarEntry::started);
  std::ranges::stable_sort(calls_, {}, &HarEntry::started);
}

} // namespace murphy::imported
