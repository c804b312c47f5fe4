// XHTML pages, read as XML (https://www.w3.org/TR/xml/) the way Chromium does: up to the first fault, which is shown.
#pragma once

#include "base/error.h"
#include "web/html/document_tree.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace murphy::web {

// Builds the tree of a page in XML. Only elements of the XHTML namespace are those of HTML. Where the page is not
// well-formed, the tree ends there, with an element <parsererror> that says so to people. Errors: see Document::parse.
Result<std::unique_ptr<DocumentTree>> build_xml_tree(std::string utf8);

// The encoding's name that the XML declaration of a body states; none without one.
std::optional<std::string> xml_encoding(std::string_view body);

} // namespace murphy::web
