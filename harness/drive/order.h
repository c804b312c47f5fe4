// What the driver asks for, as a person or a page says it: a request, and what the record may show of it. Sends
// nothing.
#pragma once

#include "drive/driver.h"
#include "drive/http_page.h"
#include "web/forms/entry_list.h"
#include "web/forms/naming.h"
#include "web/navigation/navigation.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::drive {

// A request and what the record may show of it.
struct Order {
  web::NavigationRequest request;
  std::string shown_url; // empty: the address itself
  std::optional<record::FilledForm> form;
  std::vector<std::string> secrets_in_address{}; // the labels of those that a form puts there
  std::string target{};                          // of the form or link, as written
  std::vector<std::string> sandboxes{};          // of the frame that it is loaded into, and of those around it
};

// Of multipart forms: one for the process, which no file that is sent can know of.
const std::string& boundary();

// Of the address bar: no page has a part in it.
Order typed(web::Url url, record::Reason reason);
// The page has asked for the address, and says what is revealed of it.
Order from_page(const HttpPage& page, web::Url url, record::Reason reason);
// A link may say itself what it reveals of the page: rel=noreferrer, referrerpolicy.
Order along(const HttpPage& page, web::Element link, web::Url url);
// A form of the page is sent; `name` is what it goes by in the record.
Order press(const HttpPage& page, web::Submission submission, std::string_view name, record::Reason reason);
// A button says itself what it is sent to, else its form.
Order press(const HttpPage& page, web::Submission submission, const web::SubmitTarget& submit, record::Reason reason);

// Asks by https for what is not: upgrade-insecure-requests. This machine is left alone, as Chromium does.
void upgrade(web::NavigationRequest& request);

// Where a page goes on to by itself, if anywhere.
struct Continuation {
  std::optional<Order> order;
  std::optional<Hindrance> hindrance; // a form would be sent, and something keeps it from that
};
// A server error is judged as it stands, and so is a page that is too large to read. Errors: of the form that the page
// sends by itself.
Result<Continuation> continuation(const HttpPage& page);

} // namespace murphy::drive
