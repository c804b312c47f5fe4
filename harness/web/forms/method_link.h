// Links that say by which method they are followed, for the scripts that browsers load with them: rails-ujs and Turbo
// (data-method, data-turbo-method), yii.js (data-method), phoenix_html (data-method with data-to and data-csrf).
#pragma once

#include "web/forms/entry_list.h"
#include "web/html/document.h"

#include <optional>

namespace murphy::web {

// The form that such a script makes of a link to `url` and sends: a POST with the method in `_method`, and the CSRF
// token of the page's meta elements csrf-param and csrf-token where the link leads to the page's own origin. None for
// links without a method, or with "get".
std::optional<Submission> method_submission(Element link, const Url& url);

} // namespace murphy::web
