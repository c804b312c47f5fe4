// The members of every value of the known-good record and of a schema, with the names they have in murphy.lock and in
// the journal. Each list binds all members of its struct, so that one that is added and not listed does not compile.
#pragma once

#include "record/known_good.h"

#include <concepts>
#include <type_traits>

namespace murphy::record {

// fields(value, visit) calls visit(name, member) for each member, in order. `value` may be const.
template <class T, class Expected>
concept Is = std::same_as<std::remove_const_t<T>, Expected>;

template <Is<PageField> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, type, label, rules] = value;
  visit("name", name);
  visit("type", type);
  visit("label", label);
  visit("rules", rules);
}

template <Is<PageForm> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, method, action, encoding, declared] = value;
  visit("name", name);
  visit("method", method);
  visit("action", action);
  visit("encoding", encoding);
  visit("fields", declared);
}

template <Is<KnownForm> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [page, form] = value;
  visit("page", page);
  fields(form, visit);
}

template <Is<KnownVisit> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [request, answers, title, errors, outline] = value;
  visit("request", request);
  visit("answers", answers);
  visit("title", title);
  visit("errors", errors);
  visit("holds", outline);
}

template <Is<KnownCookie> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, domain, path, same_site, secure, http_only, lasts] = value;
  visit("name", name);
  visit("domain", domain);
  visit("path", path);
  visit("same_site", same_site);
  visit("secure", secure);
  visit("http_only", http_only);
  visit("lasts", lasts);
}

template <Is<Column> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, type, length, nullable, has_default] = value;
  visit("name", name);
  visit("type", type);
  visit("length", length);
  visit("nullable", nullable);
  visit("default", has_default);
}

template <Is<Table> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, columns, unique] = value;
  visit("name", name);
  visit("columns", columns);
  visit("unique", unique);
}

template <Is<Schema> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [engine, tables, left_out] = value;
  visit("engine", engine);
  visit("tables", tables);
  visit("left_out", left_out);
}

template <Is<KnownMigrations> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [tool, applied, left_out] = value;
  visit("tool", tool);
  visit("applied", applied);
  visit("left_out", left_out);
}

template <Is<KnownGood> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [forms, visits, cookies, engine, tables, console, migrations] = value;
  visit("database", engine);
  visit("console", console);
  visit("form", forms);
  visit("visit", visits);
  visit("cookie", cookies);
  visit("table", tables);
  visit("migration", migrations);
}

} // namespace murphy::record
