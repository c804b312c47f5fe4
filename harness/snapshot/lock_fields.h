// The keys of murphy.lock: the members of every value of the known-good record, with the names they have in the file.
// Each list binds all members of its struct, so that one that is added and not listed does not compile.
#pragma once

#include "record/fields.h"
#include "record/known_good.h"

namespace murphy::snapshot {

using record::Is;

// fields(value, visit) calls visit(key, member) for each member, in order, as record::fields does. `value` may be
// const.
template <Is<record::KnownForm> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [page, form] = value;
  visit("page", page);
  record::fields(form, visit);
}

template <Is<record::KnownVisit> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [request, answers, title, errors, outline] = value;
  visit("request", request);
  visit("answers", answers);
  visit("title", title);
  visit("errors", errors);
  visit("holds", outline);
}

template <Is<record::KnownCookie> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, domain, path, same_site, secure, http_only, lasts] = value;
  visit("name", name);
  visit("domain", domain);
  visit("path", path);
  visit("same_site", same_site);
  visit("secure", secure);
  visit("http_only", http_only);
  visit("lasts", lasts);
}

template <Is<record::Column> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, type, length, nullable, has_default] = value;
  visit("name", name);
  visit("type", type);
  visit("length", length);
  visit("nullable", nullable);
  visit("default", has_default);
}

template <Is<record::Table> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, columns, unique] = value;
  visit("name", name);
  visit("columns", columns);
  visit("unique", unique);
}

template <Is<record::KnownGood> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [forms, visits, cookies, engine, tables, console] = value;
  visit("database", engine);
  visit("console", console);
  visit("form", forms);
  visit("visit", visits);
  visit("cookie", cookies);
  visit("table", tables);
}

} // namespace murphy::snapshot
