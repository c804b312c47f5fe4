// What an identity provider does with a visitor whom the app sends to it: asks who it is, or lets them in again. Pure.
#pragma once

#include "drive/driver.h"
#include "run/shared/dashboard.h"
#include "scenario/model.h"

#include <string>
#include <string_view>

namespace murphy::run {

// Whether any answer of the visit was the provider's, other than to sign out.
bool went_to(const drive::Visit& visit, std::string_view origin);

// The provider asks when the visit ends on a page of its own that has a form. It lets in when the visit leads back to
// the app, without an error, and not to the sign-in page.
Judgement judge_provider(const drive::Visit& visit, const scenario::ExpectProvider& expected, const std::string& origin,
                         const DashboardFacts& facts);

} // namespace murphy::run
