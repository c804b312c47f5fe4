// What to write in a project file so that Murphy finds exactly that control again: the words people see, wherever they
// pick it out; else its name or id, else a selector. Every answer was found by Murphy's own finder. Pure.
#pragma once

#include "init/sign_in_form.h"
#include "web/forms/form.h"
#include "web/forms/naming.h"
#include "web/html/document.h"

#include <string>

namespace murphy::init {

// Empty where nothing picks the field out.
std::string name_of_field(const web::Forms& forms, const web::Form& form, const web::Control& field);

// The words that submit the form by this button, for a form with these fields. Empty where nothing does.
std::string name_of_submit(const web::Forms& forms, const web::SubmitTarget& submit,
                           const std::vector<std::string>& fields);

// The words that click the link. Empty where nothing does.
std::string name_of_link(const web::Forms& forms, const web::Document& document, web::Element link);

} // namespace murphy::init
