#include "record/exchange.h"

#include "base/text.h"

namespace murphy::record {

const std::string* find_header(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers) {
    if (equal_ignoring_ascii_case(header.name, name)) return &header.value;
  }
  return nullptr;
}

std::vector<const std::string*> find_headers(const std::vector<Header>& headers, std::string_view name) {
  std::vector<const std::string*> values;
  for (const Header& header : headers)
    if (equal_ignoring_ascii_case(header.name, name)) values.push_back(&header.value);
  return values;
}

bool is_redirect(int status) { return status >= 300 && status < 400 && status != 304; }

bool goes_on(Reason reason) {
  return reason == Reason::redirected || reason == Reason::refreshed || reason == Reason::auto_submitted ||
         reason == Reason::authenticated;
}

std::vector<const Exchange*> own_exchanges(const std::vector<Exchange>& exchanges) {
  std::vector<const Exchange*> own;
  bool aside = false;
  for (const Exchange& exchange : exchanges) {
    if (!goes_on(exchange.reason))
      aside = exchange.reason == Reason::framed || exchange.reason == Reason::probe ||
              exchange.reason == Reason::control || exchange.reason == Reason::ready;
    if (!aside) own.push_back(&exchange);
  }
  return own;
}

} // namespace murphy::record
