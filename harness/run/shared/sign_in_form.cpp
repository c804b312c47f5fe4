#include "run/shared/sign_in_form.h"

namespace murphy::run {

bool asks_for_password(const drive::Page& page) {
  const auto passwords = page.select("input[type=password]");
  return passwords && !passwords->empty();
}

bool shows_sign_in_form(const drive::Page& page, std::string_view form) {
  return asks_for_password(page) && page.has_form(form).has_value();
}

} // namespace murphy::run
