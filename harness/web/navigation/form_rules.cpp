#include "web/navigation/form_rules.h"

#include "base/make_error.h"

#include <fmt/format.h>

namespace murphy::web {
namespace {

std::string shown(const Url& url) { return url.origin() + url.path(); }

std::string quoted(const record::Policy& policy) {
  return fmt::format("{} (Content-Security-Policy in {})", policy.directive,
                     policy.from == record::Policy::From::header ? "a header" : "a meta element");
}

// Chromium warns of forms that leave https, and asks whether to send them all the same
// (https://blog.chromium.org/2020/08/protecting-google-chrome-users-from.html).
bool leaves_https(const PagePolicy& page, const Url& target) {
  return page.self().secure() && !is_potentially_trustworthy(target);
}

} // namespace

std::optional<ForbiddenForm> forbidden_form(const PagePolicy& page, const Url& target) {
  using enum ForbiddenForm::Why;
  if (page.is_framed_without(SandboxFlag::forms)) return ForbiddenForm{frame, Reached::directly, {}, shown(target)};
  if (auto policy = page.sandboxes(SandboxFlag::forms))
    return ForbiddenForm{sandbox, Reached::directly, std::move(*policy), shown(target)};
  if (auto policy = page.forbids_form(target, Reached::directly))
    return ForbiddenForm{form_action, Reached::directly, std::move(*policy), shown(target)};
  if (leaves_https(page, target)) return ForbiddenForm{insecure, Reached::directly, {}, shown(target)};
  return std::nullopt;
}

std::optional<ForbiddenForm> forbidden_redirect(const PagePolicy& page, std::string_view method, int status,
                                                const Url& target) {
  using enum ForbiddenForm::Why;
  if (auto policy = page.forbids_form(target, Reached::by_redirect))
    return ForbiddenForm{form_action, Reached::by_redirect, std::move(*policy), shown(target)};
  // Other redirects carry nothing of what was typed.
  const bool sends_it_again = (status == 307 || status == 308) && method == "POST";
  if (sends_it_again && leaves_https(page, target))
    return ForbiddenForm{insecure, Reached::by_redirect, {}, shown(target)};
  return std::nullopt;
}

Error error_of(const ForbiddenForm& forbidden) {
  using enum ForbiddenForm::Why;
  const bool redirected = forbidden.reached == Reached::by_redirect;
  switch (forbidden.why) {
  case sandbox:
    return target_error(fmt::format("the page may send no forms: {}", quoted(forbidden.policy)),
                        "a browser sends nothing and stays on the page; add allow-forms to the sandbox");
  case frame:
    return target_error("the form is in a frame whose sandbox allows no forms",
                        "a browser sends nothing and stays on the page; add allow-forms to the sandbox of the frame");
  case insecure:
    return target_error(fmt::format("the form of an https page goes to {}{}, which is not encrypted", forbidden.address,
                                    redirected ? " by a redirect" : ""),
                        "browsers stop and warn people first; send the form to an https address");
  case form_action: break;
  }
  if (redirected)
    return target_error(fmt::format("the page's policy forbids that a redirect takes its form to {}: {}",
                                    forbidden.address, quoted(forbidden.policy)),
                        "Chromium checks form-action at each redirect of a form, and stays on the page; add this "
                        "origin to form-action");
  return target_error(
      fmt::format("the page's policy forbids its form to go to {}: {}", forbidden.address, quoted(forbidden.policy)),
      "a browser sends nothing and stays on the page; add this address to form-action");
}

} // namespace murphy::web
