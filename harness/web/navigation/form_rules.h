// Whether a browser sends a form at all: what the policy of its page allows, and whether it stays encrypted.
#pragma once

#include "base/error.h"
#include "record/policy.h"
#include "web/policy/page_policy.h"
#include "web/url/url.h"

#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

// Why a browser does not send a form, or does not follow its redirect.
struct ForbiddenForm {
  enum class Why {
    form_action, // of the policy
    sandbox,     // of the policy
    frame,       // the sandbox of the frame that the page is in
    insecure,    // a form of an https page would go out unencrypted
  };
  Why why = Why::form_action;
  Reached reached = Reached::directly;
  record::Policy policy; // empty for frame and insecure
  std::string address;   // where the form would go, without query
};

// None when the form of this page may be sent there.
std::optional<ForbiddenForm> forbidden_form(const PagePolicy& page, const Url& target);

// The same for a redirect of such a form, which was sent with `method` and answered with `status`.
std::optional<ForbiddenForm> forbidden_redirect(const PagePolicy& page, std::string_view method, int status,
                                                const Url& target);

// Kind target.
Error error_of(const ForbiddenForm& forbidden);

} // namespace murphy::web
