// What a request goes out as.
#pragma once

namespace murphy {

enum class SentAs {
  page,   // a navigation of the browser, such as a link or a form
  script, // fetch() in the page that is open
  client, // a program that is no browser: it says nothing of where it comes from
};

} // namespace murphy
