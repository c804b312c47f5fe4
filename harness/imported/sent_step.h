// The step that sends a form, or what a script sent. Pure.
#pragma once

#include "imported/recorded_page.h"
#include "imported/scenario_text.h"
#include "imported/written_values.h"

#include <optional>
#include <string>
#include <vector>

namespace murphy::imported {

// Whether the app refused what was typed: the password of an account stands only for one that may have been right.
enum class SignedIn { yes, no };

// Fills in and submits the form of a page, as Murphy finds its fields and its button there. None: it finds no button.
std::optional<ImportedStep> submit_of_page(const RecordedPage& page, const web::SubmitTarget& submit,
                                           const std::vector<PostedField>& fields, SignedIn signed_in,
                                           WrittenValues& values);

// The same where the page is not known: by the names under which things were sent. `page_path` is that of the page.
ImportedStep submit_of_unseen(const web::Url& action, const std::string& page_path,
                              const std::vector<PostedField>& fields, SignedIn signed_in, WrittenValues& values);

// Whether a password is among what was sent by these names.
bool sends_password(const std::vector<PostedField>& fields);

// What a script sent to sign somebody in: JSON or the fields of a form with a password among them. None: it is none.
std::optional<ImportedStep> request_that_signs_in(const HarEntry& entry, const web::Url& address, bool is_on_page,
                                                  WrittenValues& values);

} // namespace murphy::imported
