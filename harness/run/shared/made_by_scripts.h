// What to say of a page that scripts make, which Murphy does not run.
#pragma once

#include "base/error.h"

namespace murphy::run {

// Of what cannot be judged there. Kind unseen.
Error made_by_scripts();

} // namespace murphy::run
