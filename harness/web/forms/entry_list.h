// Filling a form in as a person does, and what a browser then sends (WHATWG HTML, 4.10.21 and 4.10.22).
#pragma once

#include "base/error.h"
#include "base/outgoing_text.h"
#include "base/secret.h"
#include "web/forms/form.h"
#include "web/forms/naming.h"
#include "web/url/url.h"

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::web {

// A file as a browser sends it.
struct FileEntry {
  std::string name; // without folders
  std::string contents;
};

// One name and value that is sent.
struct FormEntry {
  std::string name;
  Value value;           // of a file its name, which is all that goes out but for multipart/form-data
  std::string label;     // what a person would call the field; its name where it has no words
  std::string type;      // "text", "password", "hidden", "select", "textarea", "button" …; empty where added
  bool is_added = false; // on purpose, beside the fields of the form or in place of one: see send()
  std::shared_ptr<const FileEntry> file{}; // null for all but a chosen file
};

// What goes out when a form is submitted.
struct Submission {
  Url url;                  // with the query of a GET
  std::string method;       // "GET", "POST"
  std::string content_type; // empty for GET
  OutgoingText body;
  Url shown_url; // url with the masks in place of secret values
  std::vector<FormEntry> entries;
};

// A form being filled in. Cheap to make; holds on to `forms`, which must outlive it.
class FormFilling {
public:
  FormFilling(const Forms& forms, const Form& form);

  // Each finds the field by its words (see find_field) and fills it in. Errors: target, when there is no such field, or
  // a person could not do that: disabled, readonly, hidden, a choice it does not offer, the wrong kind of value.
  // Types text, or chooses the option or radio button so called.
  Result<void> fill(std::string_view field, const Value& text);
  // A checkbox.
  Result<void> fill(std::string_view field, bool checked);
  // Several options, or checkboxes of one name.
  Result<void> fill(std::string_view field, const std::vector<Value>& choices);

  // Chooses files. A person can choose what the field's `accept` names.
  Result<void> fill(std::string_view field, std::vector<FileEntry> files);

  // Adds an entry that the form does not have, or replaces the values of the one it has, on purpose.
  void send(const std::string& name, const Value& text);
  void send(const std::string& name, FileEntry file);
  // Nothing of this name goes out, whatever the form has.
  void leave_out(const std::string& name) { left_out_.push_back(name); }

  // The entry list with `button` pressed (null: submitted by a script). `boundary` separates the parts of
  // multipart/form-data. Errors: target, when nothing would be sent (method=dialog) or the action cannot be resolved.
  Result<Submission> submit(const Control* button, std::string_view boundary) const;

private:
  struct State {
    Value value;
    bool checked = false;
    std::vector<bool> selected; // beside Control::options
    std::vector<std::shared_ptr<const FileEntry>> files;
  };
  Result<void> type_text(const Control& control, const Value& text);
  Result<void> select(const Control& control, const std::vector<Value>& choices);
  Result<void> tick(const std::vector<const Control*>& group, const std::vector<Value>& choices);
  void switch_off_group(const Control& radio);
  Result<std::vector<const Control*>> fillable(std::string_view field) const;
  State& state(const Control& control);
  std::vector<FormEntry> entries(const Control* button, const std::string& encoding) const;

  const Forms* forms_;
  const Form* form_;
  std::vector<State> states_; // beside Forms::controls, those of other forms left empty
  std::vector<FormEntry> sent_;
  std::vector<std::string> left_out_;
};

} // namespace murphy::web
