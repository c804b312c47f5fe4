// Finding forms, fields, buttons and links by the words a person would use for them (docs: "Naming forms, fields and
// buttons"). Strict: no match, or several that are equally good, is an error of kind `target` whose hint lists every
// candidate. Words may also be `name:…`, `id:…`, or a CSS selector that begins with `#`, `.` or `[`.
#pragma once

#include "base/error.h"
#include "web/forms/form.h"
#include "web/forms/naming_match.h"

#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace murphy::web {

// What `submit = "words"` means: a form and the button that is pressed; `button` is null where the form has none that
// could be.
struct SubmitTarget {
  const Form* form = nullptr;
  const Control* button = nullptr;
};

// The form that words name: by the words on its buttons, else legend or heading inside, aria-label, name, id; a whole
// match before a partial one. Where several match, the only one that has all of `fields` wins. Errors: target. A
// matching button that belongs to no form is named as such.
Result<SubmitTarget> find_submit(const Forms& forms, std::string_view words, std::span<const std::string> fields = {},
                                 Precision precision = Precision::any);

// Whether the words name a button that would submit a form, and belongs to none.
bool names_loose_button(const Forms& forms, std::string_view words);

// What a field's words mean: one control, or all radio buttons of one group.
using Field = std::vector<const Control*>;

// The field of `form` that words name: by label, else aria-label, placeholder, name, id, autocomplete token.
// Buttons are no fields; hidden fields are found only by name and id.
Result<Field> find_field(const Forms& forms, const Form& form, std::string_view words);

// That a field of any form, or of none, goes by these words, as is_called() reads them. Errors: target, with the fields
// of the page.
Result<void> check_has_field(const Forms& forms, std::string_view words);

// Whether these words name the control, as find_field() reads them: by a whole name, which may also be its autocomplete
// token, or by name:…, id:… or a selector. Any button of a radio group stands for the group.
bool is_called(const Forms& forms, const Control& control, std::string_view words);

struct Link {
  Element element;
  std::string href; // as written
};

// What `click = "words"` means: a link to follow, or a button to press (which belongs to a form, and submits it).
// Errors: target; a button that submits nothing, or belongs to no form, is said to be so.
Result<std::variant<Link, SubmitTarget>> find_click(const Forms& forms, const Document& document,
                                                    std::string_view words, Precision precision = Precision::any);

} // namespace murphy::web
