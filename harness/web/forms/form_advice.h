// What is wrong with the forms of a page, as far as the page alone shows: one sentence for each fault.
#pragma once

#include "web/forms/form.h"
#include "web/html/document.h"

#include <string>
#include <vector>

namespace murphy::web {

// In the order of the fields: patterns that browsers ignore, rules that contradict each other or are unknown, fields
// that are never sent or have no label, missing autocomplete tokens, passwords sent where others can read them, forms
// without a button, and what keeps a machine from sending them.
std::vector<std::string> form_warnings(const Forms& forms, const Form& form);

// What belongs to no form: buttons and fields outside, labels that name nothing, ids that are given twice.
std::vector<std::string> page_warnings(const Document& document, const Forms& forms);

} // namespace murphy::web
