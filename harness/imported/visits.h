// The pages that a person went to, each with the redirects that led to it. Pure.
#pragma once

#include "imported/har_entry.h"
#include "web/url/url.h"

#include <string>
#include <vector>

namespace murphy::imported {

// Looks into the documents it was made of. `hops` begins with what the person did and ends with the page.
struct PageVisit {
  std::vector<const HarEntry*> hops;
  std::vector<web::Url> addresses; // of the hops

  const HarEntry& first() const { return *hops.front(); }
  const HarEntry& last() const { return *hops.back(); }
};

// `documents` in the order of their time. What has no address of http or https is left out.
std::vector<PageVisit> visits(const std::vector<HarEntry>& documents);

// The origin of the app: of those that `known` names the first that was visited, else the one with most of the visits'
// ends. Empty where there are no visits.
std::string origin_of_app(const std::vector<PageVisit>& visits, const std::vector<std::string>& known);

// What a form sent: the text where it is one of a form, else the fields as the producer names them.
std::vector<PostedField> sent_fields(const HarEntry& entry);

} // namespace murphy::imported
