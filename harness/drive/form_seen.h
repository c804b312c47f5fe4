// A form of a page as a person sees it, with what the page declares of its fields.
#pragma once

#include "drive/http_page.h"
#include "web/forms/naming.h"

namespace murphy::drive {

// `submit` is of the page's own forms. Errors: target, when one of `fields` is not in the form, with the candidates.
Result<FormSeen> see_form(const std::shared_ptr<const HttpPage>& page, const web::SubmitTarget& submit,
                          const std::vector<std::string>& fields);

} // namespace murphy::drive
