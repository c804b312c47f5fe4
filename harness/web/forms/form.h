// The forms of a page and their controls (WHATWG HTML, 4.10), as the page declares them, before anyone filled anything
// in.
#pragma once

#include "web/html/document.h"
#include "web/html/select_options.h"

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace murphy::web {

// One input, button, select or textarea.
struct Control {
  Element element;
  std::string
      type; // of an input ("text" for an unknown one) or button ("submit", "reset", "button"); "select", "textarea"
  std::string name;
  std::string id;

  std::vector<std::string> labels; // words of its <label> elements, then of aria-labelledby
  std::string aria_label;
  std::string placeholder;
  std::string autocomplete; // the field token: "username", "current-password"
  std::string title;
  std::string group; // for a radio button: the words that name its group (aria-label of a radiogroup, the legend of its
                     // fieldset)

  std::string value; // default value, as the value sanitization algorithm leaves it; a button's value; empty for select
                     // and file
  bool checked = false;
  bool disabled = false;  // itself, or by a fieldset it is not in the first legend of
  bool read_only = false; // only where readonly applies
  bool multiple = false;
  bool in_datalist = false;
  std::vector<Option> options;
  std::optional<std::size_t> form; // its form owner, an index into Forms::forms

  bool is_button() const; // input or button of type submit, image, reset, button
  bool is_submit() const; // submit or image: pressing it submits
  bool is_field() const { return !is_button() && type != "hidden"; } // what a person fills in
  // Every way a person could name it: the group of a radio button, labels without the colon or asterisk at their end,
  // aria-label, placeholder, name, id.
  std::vector<std::string> names() const;
  // What a person would call it: the first of label, aria-label, placeholder, title, name, id; for a button, its words.
  std::string shown_name() const;
  std::string words() const; // of a button: value, text, aria-label, alt, title, the first that says something
};

struct Form {
  Element element;
  std::string id;
  std::string name;
  std::string aria_label;            // aria-labelledby's text, else aria-label
  std::vector<std::string> headings; // legends and headings inside
  std::vector<std::size_t> controls; // it owns, indices into Forms::controls, in tree order
};

// A <label> whose `for` names no control of the page.
struct LooseLabel {
  Element element;
  std::string words;
  std::string target; // what its `for` says; empty when it has none
};

// Every form of a page and every control, those without a form owner too. Valid as long as the document lives.
struct Forms {
  std::vector<Form> forms;       // in tree order
  std::vector<Control> controls; // in tree order
  std::vector<LooseLabel> loose_labels;
};

// Reads them all. Form owners are those the parser gives (WHATWG HTML, 4.10.17.3): the `form` attribute, else the
// parser's form pointer, else the nearest ancestor.
Forms read_forms(const Document& document);

// The words after which a form is called: on its first submit button, else a heading, its aria-label, id, name.
std::string form_words(const Forms& forms, const Form& form);

// `Sign in (POST /login): Email, Password`.
std::string form_summary(const Forms& forms, const Form& form);

// One line for each form, in their order.
std::vector<std::string> describe_forms(const Forms& forms);

} // namespace murphy::web
