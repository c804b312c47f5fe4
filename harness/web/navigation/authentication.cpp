#include "web/navigation/authentication.h"

#include "base/base64.h"
#include "base/percent.h"
#include "base/text.h"

#include <algorithm>
#include <fmt/format.h>
#include <random>

namespace murphy::web {
namespace {

constexpr std::string_view name_of_header = "Authorization";

// The path without its last segment: browsers take what lies beside and below to be protected alike.
std::string folder_of(const Url& url) { return url.path().substr(0, url.path().rfind('/') + 1); }

std::string new_cnonce() {
  std::random_device random;
  return fmt::format("{:08x}{:08x}", random(), random());
}

bool has_header(const std::vector<RequestHeader>& headers, std::string_view name) {
  return find_header(headers, name) != nullptr;
}

bool equal(const Value& left, const Value& right) { return reveal(left).view() == reveal(right).view(); }

// Credentials as they go out, of which only the scheme may be shown.
Value credentials(std::string_view scheme, std::string&& header) {
  const ClearText clear(std::move(header));
  return Value(std::make_shared<const Secret>(SealedText(clear.view()), "authorization",
                                              fmt::format("{} ‹authorization›", scheme)));
}

// The strongest that can be answered, as browsers choose; null when there is none.
const Challenge* choose(const std::vector<Challenge>& all, bool takes_basic) {
  const auto of_scheme = [&](std::string_view scheme) {
    const auto found =
        std::ranges::find_if(all, [&](const Challenge& each) { return each.scheme == scheme && is_answerable(each); });
    return found == all.end() ? nullptr : &*found;
  };
  const Challenge* digest = of_scheme("digest");
  return digest != nullptr || !takes_basic ? digest : of_scheme("basic");
}

bool is_stale(const Challenge& challenge) { return equal_ignoring_ascii_case(challenge.parameter("stale"), "true"); }

} // namespace

void Authentication::authorize(std::optional<Authorization> authorization) {
  authorization_ = std::move(authorization);
  std::erase_if(granted_, [this](const Granted& each) { return each.origin == own_.origin(); });
}

void Authentication::set_headers(const std::vector<std::pair<std::string, Value>>& headers) {
  for (const auto& [name, value] : headers) {
    const auto earlier =
        std::ranges::find_if(headers_, [&](const auto& each) { return equal_ignoring_ascii_case(each.first, name); });
    if (earlier == headers_.end())
      headers_.emplace_back(name, value);
    else
      earlier->second = value;
  }
}

void Authentication::add_to(Request& request, const std::vector<RequestHeader>& stated) {
  const auto put = [&](const std::string& name, const Value& value) {
    if ((!value.is_secret() && value.text().empty()) || has_header(stated, name)) return;
    std::erase_if(request.headers,
                  [&](const RequestHeader& header) { return equal_ignoring_ascii_case(header.name, name); });
    request.headers.emplace_back(name, value);
  };
  if (same_origin(request.url, own_))
    for (const auto& [name, value] : headers_) put(name, value);
  if (has_header(stated, name_of_header)) return;
  if (const auto authorization = authorization_for(request)) put(std::string(name_of_header), *authorization);
}

std::optional<Value> Authentication::authorization_for(const Request& request) {
  if (authorization_ && same_origin(request.url, own_)) {
    if (authorization_->scheme == Authorization::Scheme::as_written) return authorization_->secret;
    if (authorization_->scheme == Authorization::Scheme::basic)
      return credentials("Basic",
                         basic_answer(reveal(authorization_->user).view(), reveal(authorization_->secret).view()));
  }
  Granted* granted = granted_for(request.url);
  if (granted == nullptr) return std::nullopt;
  ++granted->count;
  const ClearText user = reveal(granted->user), password = reveal(granted->password);
  if (granted->challenge.scheme == "basic") return credentials("Basic", basic_answer(user.view(), password.view()));
  const std::string target = request.url.request_target(), cnonce = new_cnonce();
  std::string answer =
      digest_answer(granted->challenge, user.view(), password.view(),
                    {.method = request.method, .target = target, .count = granted->count, .cnonce = cnonce});
  if (answer.empty()) return std::nullopt;
  return credentials("Digest", std::move(answer));
}

// Of several, the one that asked closest to the address.
Authentication::Granted* Authentication::granted_for(const Url& url) {
  Granted* closest = nullptr;
  for (Granted& each : granted_) {
    if (each.origin != url.origin() || !url.path().starts_with(each.folder)) continue;
    if (closest == nullptr || each.folder.size() > closest->folder.size()) closest = &each;
  }
  return closest;
}

// What is protected by one realm takes the same credentials, wherever it lies.
const Authentication::Granted* Authentication::granted_in(const Url& url, const std::string& realm) const {
  const auto found = std::ranges::find_if(granted_, [&](const Granted& each) {
    return each.origin == url.origin() && each.challenge.parameter("realm") == realm;
  });
  return found == granted_.end() ? nullptr : &*found;
}

bool Authentication::answer(const Request& request, const Response& response) {
  const Url& url = request.url;
  const bool by_address = !url.username().empty() || !url.password().empty();
  const bool by_digest =
      authorization_ && authorization_->scheme == Authorization::Scheme::digest && same_origin(url, own_);
  const std::vector<Challenge> all = challenges(response.headers);
  const Challenge* challenge = choose(all, !by_digest || by_address);
  if (challenge == nullptr) return false;
  const Granted* before = granted_for(url);
  const Granted* known = before != nullptr ? before : granted_in(url, challenge->parameter("realm"));
  if (!by_address && !by_digest && known == nullptr) return false;

  Granted granted{.origin = url.origin(),
                  .folder = by_digest ? "/" : folder_of(url),
                  .user = {},
                  .password = {},
                  .challenge = *challenge};
  if (by_address) {
    granted.user = Value(percent_decode(url.username()));
    granted.password =
        Value(std::make_shared<const Secret>(ClearText(percent_decode(url.password())), "password of the address"));
  } else {
    granted.user = by_digest ? authorization_->user : known->user;
    granted.password = by_digest ? authorization_->secret : known->password;
  }
  if (before != nullptr && has_header(request.headers, name_of_header)) {
    const bool same_user = equal(before->user, granted.user) && equal(before->password, granted.password);
    // A nonce ends; credentials that the server has just refused do not become right.
    const bool may_have_ended = before->challenge.scheme == "digest" && (is_stale(*challenge) || before->count > 1);
    if (same_user && !may_have_ended) return false;
  }
  grant(std::move(granted));
  return true;
}

void Authentication::learn(const Request& request, const std::vector<RequestHeader>& stated) {
  const Value* header = find_header(stated, name_of_header);
  if (header == nullptr) return;
  const ClearText written = reveal(*header);
  constexpr std::string_view scheme = "basic ";
  if (!equal_ignoring_ascii_case(written.view().substr(0, scheme.size()), scheme)) return;
  auto decoded = base64_decode(trim(written.view().substr(scheme.size())));
  if (!decoded) return;
  const ClearText pair(std::move(*decoded));
  const std::size_t colon = pair.view().find(':');
  if (colon == std::string_view::npos) return;
  const std::string name = "password of the request";
  grant({.origin = request.url.origin(),
         .folder = folder_of(request.url),
         .user = Value(std::make_shared<const Secret>(ClearText(pair.view().substr(0, colon)), name)),
         .password = Value(std::make_shared<const Secret>(ClearText(pair.view().substr(colon + 1)), name)),
         .challenge = {.scheme = "basic", .parameters = {}}});
}

// What lies below is protected alike from now on.
void Authentication::grant(Granted granted) {
  std::erase_if(granted_, [&](const Granted& each) {
    return each.origin == granted.origin && each.folder.starts_with(granted.folder);
  });
  granted_.push_back(std::move(granted));
}

} // namespace murphy::web
