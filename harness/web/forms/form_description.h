// The forms of a page as a person wants to know them: what each field is called and asks for, what would be sent, and
// what is wrong with them.
#pragma once

#include "web/forms/form.h"
#include "web/html/document.h"

#include <string>
#include <vector>

namespace murphy::web {

struct FieldDescription {
  std::string label; // what a person would call it
  std::string name;  // under which it is sent; empty: it never is
  std::string id;
  std::string type;                 // "text" for types unknown to HTML; "select", "textarea"
  std::string autocomplete;         // the field token
  std::vector<std::string> rules;   // "required", "at most 254 characters", "matches [a-z]+", in the words of the page
  std::string value;                // when the page is loaded; of a password only its length, as "8 characters"
  std::vector<std::string> options; // what a select or a radio group offers, as it is shown
  std::string barred;               // why nobody can fill it in, such as "it is readonly"; else empty
};

struct HiddenDescription {
  std::string name;
  std::string value;
};

struct ButtonDescription {
  std::string words;
  std::string type; // "submit", "reset", "button"
  std::string name; // sent when it is pressed; empty: nothing is
  std::string value;
  std::string differs; // in what it sends otherwise than its form: "POST /drafts", "unchecked"; else empty
};

struct FormDescription {
  std::string name; // the words on its button, else its heading, id or name
  std::string id;
  std::string method;   // "GET", "POST", "dialog"
  std::string action;   // the address, whole
  std::string encoding; // "application/x-www-form-urlencoded"
  std::string charset;
  bool unchecked = false; // novalidate: browsers send it whatever is in its fields
  std::vector<FieldDescription> fields;
  std::vector<HiddenDescription> hidden;
  std::vector<ButtonDescription> buttons;
  std::string sends;                 // what goes out when the first button is pressed at once: the query or the body
  std::vector<std::string> warnings; // one sentence each
};

struct PageDescription {
  std::vector<FormDescription> forms;
  std::vector<FieldDescription> outside; // fields that belong to no form
  std::vector<std::string> warnings;     // about what belongs to no form
};

// Reads nothing but the page: what its scripts would do is not known.
PageDescription describe(const Document& document, const Forms& forms);

} // namespace murphy::web
