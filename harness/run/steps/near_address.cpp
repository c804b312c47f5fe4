#include "run/steps/near_address.h"

#include "base/near_path.h"
#include "base/work_limit.h"

#include <algorithm>
#include <utility>

namespace murphy::run {

namespace {

using record::Failure;
using record::FailureCode;

std::int64_t places(std::string_view path, const WrittenAddresses& written) {
  const auto found = written.find(path);
  return found == written.end() ? 0 : found->second;
}

record::NearAddress told(std::string_view wanted, std::string_view near, const KnownAddresses& known) {
  const auto pages = known.pages.find(std::string(near));
  return {.wanted = std::string(wanted),
          .known = std::string(near),
          .is_answered = false,
          .pages = pages == known.pages.end() ? 0 : pages->second,
          .places = places(near, known.written),
          .places_of_wanted = places(wanted, known.written)};
}

bool is_led_to(std::string_view path, const KnownAddresses& known) { return known.pages.contains(std::string(path)); }

// "303 /login" without its status.
std::string_view path_of_redirect(std::string_view redirect) {
  const std::size_t space = redirect.find(' ');
  return space == std::string_view::npos ? std::string_view() : redirect.substr(space + 1);
}

// The addresses that an expectation asks for, and those that the app led to instead.
struct Compared {
  std::vector<std::string> wanted, got;
};

Compared compared(const Failure& failure) {
  if (failure.code == FailureCode::wrong_page && failure.wanted.kind == record::Wanted::Kind::equal &&
      !failure.wanted.is_negated && !failure.wanted.is_masked)
    return {{failure.wanted.text}, {failure.got.text}};
  if (failure.code == FailureCode::dashboard_not_reached || failure.code == FailureCode::sign_in_stopped)
    return {{failure.subject}, {failure.got.answer.path}};
  Compared redirects;
  if (failure.code != FailureCode::wrong_redirects) return redirects;
  for (const auto& [list, paths] :
       {std::pair(&failure.wanted.list, &redirects.wanted), std::pair(&failure.got.list, &redirects.got)})
    for (const std::string& redirect : *list) paths->emplace_back(path_of_redirect(redirect));
  return redirects;
}

} // namespace

void SeenAddresses::see(const std::shared_ptr<const drive::Page>& page) {
  constexpr std::size_t few = 4, most_unread = std::size_t{64} << 10;
  if (!page->is_html() || newest_.lock() == page) return;
  newest_ = page;
  unread_.push_back(page->unread());
  unread_bytes_ += page->body().size();
  while (unread_.size() > few && unread_bytes_ > most_unread) read_oldest();
}

void SeenAddresses::read_oldest() {
  // The one that is still at hand has been read already.
  const std::shared_ptr<const drive::Page> at_hand = unread_.size() == 1 ? newest_.lock() : nullptr;
  const std::shared_ptr<const drive::Page> page = at_hand ? at_hand : std::move(unread_.front());
  unread_.pop_front();
  unread_bytes_ -= page->body().size();
  try {
    for (std::string& path : page->leads_to()) from_[std::move(path)].insert(page->path());
  } catch (const WorkEnded&) {
    knows_all_ = false;
  }
}

std::optional<std::map<std::string, std::int64_t>> SeenAddresses::by_pages() {
  while (!unread_.empty()) read_oldest();
  if (!knows_all_) return std::nullopt;
  std::map<std::string, std::int64_t> pages;
  for (const auto& [path, from] : from_) pages[path] = static_cast<std::int64_t>(from.size());
  return pages;
}

std::optional<record::NearAddress> near_address(std::string_view wanted, const KnownAddresses& known) {
  if (is_led_to(wanted, known)) return std::nullopt;
  std::vector<std::string> near;
  for (const auto& [path, pages] : known.pages)
    if (is_near_path(wanted, path)) near.push_back(path);
  if (near.empty())
    for (const auto& [path, count] : known.written)
      if (count > places(wanted, known.written) && is_near_path(wanted, path)) near.push_back(path);
  if (near.size() != 1) return std::nullopt;
  return told(wanted, near.front(), known);
}

std::optional<record::NearAddress> near_address_of(const Failure& failure, const KnownAddresses& known) {
  const Compared addresses = compared(failure);
  for (const std::string& wanted : addresses.wanted) {
    if (std::ranges::find(addresses.got, wanted) != addresses.got.end() || is_led_to(wanted, known)) continue;
    for (const std::string& got : addresses.got)
      if (is_near_path(wanted, got)) {
        record::NearAddress near = told(wanted, got, known);
        near.is_answered = true;
        return near;
      }
    if (auto near = near_address(wanted, known)) return near;
  }
  return std::nullopt;
}

} // namespace murphy::run
