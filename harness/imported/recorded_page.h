// A page of a recording as its person saw it, and what they did with its forms and links. Pure.
#pragma once

#include "imported/har_entry.h"
#include "web/forms/form.h"
#include "web/forms/naming.h"
#include "web/html/document.h"
#include "web/url/url.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::imported {

struct RecordedPage {
  web::Url address;
  std::shared_ptr<const web::Document> document;
  web::Forms forms; // look into the document
};

// None for what is no page, or too large for one.
std::unique_ptr<const RecordedPage> read_page(const std::string& html, const web::Url& address);

// The form of the page that sent these fields to this address, and the button that was pressed. None: no form did.
std::optional<web::SubmitTarget> form_that_sent(const RecordedPage& page, std::string_view method,
                                                const web::Url& address, const std::vector<PostedField>& fields);

// What a person filled in: a field whose value is not the one that the page came with.
struct ChangedField {
  enum class Kind { text, tick, choice, file };
  const web::Control* control = nullptr;
  std::string name; // by which Murphy finds it; empty: by nothing
  Kind kind = Kind::text;
  std::vector<std::string> values{}; // the text, or what was chosen, as the page words it, or the names of files
  bool is_ticked = false;
};
std::vector<ChangedField> filled_fields(const RecordedPage& page, const web::Form& form,
                                        const std::vector<PostedField>& fields);

// The words of the only link there that leads to the address. Empty: there is none, or its words name others as well.
std::string link_to(const RecordedPage& page, const web::Url& address);

// All words by which its fields and buttons are called.
std::string words_of_controls(const RecordedPage& page);

} // namespace murphy::imported
