#include "run/shared/made_by_scripts.h"

#include "base/make_error.h"

namespace murphy::run {

Error made_by_scripts() {
  return unseen_error("scripts make this page, and Murphy runs no scripts: it cannot see what the page shows",
                      "test what the scripts call: request = { url = \"/api/session\" }, expect = { status = 200 }");
}

} // namespace murphy::run
