// The password fields of a form: which repeats which, and which holds the password of before. Pure.
#pragma once

#include "drive/driver.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace murphy::run {

struct PasswordFields {
  std::optional<std::size_t> current, chosen, repeated; // of the form's fields
};

// By autocomplete, by names and labels, by what the page declares of them, and by their order.
PasswordFields password_fields(const std::vector<drive::FormField>& fields);

} // namespace murphy::run
