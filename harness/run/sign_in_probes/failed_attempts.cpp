#include "run/sign_in_probes/failed_attempts.h"

#include "base/text.h"
#include "run/sign_in_probes/failed_sign_in.h"

#include <algorithm>
#include <charconv>

namespace murphy::run {
namespace {

// A sign-in form is short; of what is longer, the beginning will do.
constexpr std::size_t longest_post = 8192;

// What a post sent, whatever its encoding: forms percent-encode.
std::string decoded(std::string_view body) {
  std::string text;
  for (std::size_t i = 0; i < body.size(); ++i) {
    unsigned char byte = 0;
    if (body[i] == '%' && i + 2 < body.size() &&
        std::from_chars(&body[i + 1], &body[i + 1] + 2, byte, 16).ptr == &body[i + 1] + 2) {
      text += static_cast<char>(byte);
      i += 2;
    } else {
      text += body[i] == '+' ? ' ' : body[i];
    }
  }
  return text;
}

// Names and values may hold what stands for a space in a form.
std::string comparable(std::string_view text) {
  std::string folded = fold_case(repair_utf8(text));
  std::ranges::replace(folded, '+', ' ');
  return folded;
}

} // namespace

void FailedAttempts::note(const record::StepResult& step) {
  for (const record::Exchange& exchange : step.evidence.exchanges) {
    if (exchange.method != "POST" || exchange.request_body.empty()) continue;
    Post post;
    post.sent = comparable(decoded(std::string_view(exchange.request_body).substr(0, longest_post)));
    const std::string* location = record::find_header(exchange.headers, "Location");
    if (location != nullptr && exchange.status >= 300 && exchange.status < 400)
      post.led_to = path_of_address(*location);
    const std::lock_guard lock(mutex_);
    posts_.push_back(std::move(post));
  }
}

int FailedAttempts::of(const std::vector<std::string>& names, const std::string& sign_in_path) const {
  const std::lock_guard lock(mutex_);
  return static_cast<int>(std::ranges::count_if(posts_, [&](const Post& post) {
    return (post.led_to.empty() || post.led_to == sign_in_path) &&
           std::ranges::any_of(names, [&](const std::string& name) { return post.sent.contains(comparable(name)); });
  }));
}

} // namespace murphy::run
