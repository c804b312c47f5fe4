// The tree of a page whose tags say by themselves where every element stands: all of them are written, nested and
// closed, and nothing is moved, implied or left out. Most pages of most apps are that plain. Their tree takes a tenth
// of what a parser takes that is ready for everything.
#pragma once

#include "base/shared_text.h"
#include "web/html/document_tree.h"

#include <memory>

namespace murphy::web {

// The tree that build_tree() makes of the same page. Where the page is not that plain, or goes beyond a bound of
// Document, there is none.
std::unique_ptr<DocumentTree> build_plain_tree(SharedText utf8);

} // namespace murphy::web
