#include "run/sign_in_probes/failed_attempts.h"

#include "base/address.h"
#include "base/percent.h"
#include "base/text.h"

#include <algorithm>

namespace murphy::run {
namespace {

// A sign-in form is short; of what is longer, the beginning will do.
constexpr std::size_t longest_post = 8192;

// Names and values may hold what stands for a space in a form.
std::string without_case(std::string_view text) {
  std::string folded = fold_case(repair_utf8(text));
  std::ranges::replace(folded, '+', ' ');
  return folded;
}

} // namespace

void FailedAttempts::note(const record::StepResult& step) {
  const auto& page = step.evidence.page;
  const bool is_asked_again =
      page && record::asks_for_password(*page) && !page->has(record::PageTrait::shows_dashboard);
  for (const record::Exchange& exchange : step.evidence.exchanges) {
    if (exchange.method != "POST" || exchange.request_body.empty()) continue;
    Post post;
    post.sent = without_case(form_urldecode(std::string_view(exchange.request_body).substr(0, longest_post)));
    const std::string* location = record::find_header(exchange.headers, "Location");
    // A sign-in page has many addresses; what it asks for says that the app wants to be asked again.
    if (location != nullptr && record::is_redirect(exchange.status) && !is_asked_again)
      post.led_to = address_parts(*location).path;
    const std::lock_guard lock(mutex_);
    posts_.push_back(std::move(post));
  }
}

int FailedAttempts::of(const std::vector<std::string>& names, const std::string& sign_in_path) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::ranges::count_if(posts_, [&](const Post& post) {
    return (post.led_to.empty() || post.led_to == sign_in_path) &&
           std::ranges::any_of(names, [&](const std::string& name) { return post.sent.contains(without_case(name)); });
  }));
}

} // namespace murphy::run
