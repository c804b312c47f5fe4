// The members of every recorded value with their names in the journal. Each list binds all members of its struct, so
// that one that is added and not listed does not compile.
#pragma once

#include "record/event.h"
#include "record/known_good_fields.h"

#include <type_traits>

namespace murphy::record {

template <Is<Place> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [file, line, column, length] = value;
  visit("file", file);
  visit("line", line);
  visit("column", column);
  visit("length", length);
}

template <Is<Error> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [kind, what, hint, place, source_line] = value;
  visit("kind", kind);
  visit("what", what);
  visit("hint", hint);
  visit("place", place);
  visit("source_line", source_line);
}

template <Is<Header> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, content] = value;
  visit("name", name);
  visit("value", content);
}

template <Is<Timing> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [resolve, connect, tls, first_byte, body] = value;
  visit("resolve", resolve);
  visit("connect", connect);
  visit("tls", tls);
  visit("first_byte", first_byte);
  visit("body", body);
}

template <Is<DroppedCookie> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, why, domain, host, bytes] = value;
  visit("name", name);
  visit("why", why);
  visit("domain", domain);
  visit("host", host);
  visit("bytes", bytes);
}

template <Is<Exchange> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [reason, started, method, url, request_headers, request_body, status, headers, body, body_size, body_cut,
         remote, reused, timing, dropped_cookies, error, disclosed] = value;
  visit("reason", reason);
  visit("started", started);
  visit("method", method);
  visit("url", url);
  visit("request_headers", request_headers);
  visit("request_body", request_body);
  visit("status", status);
  visit("headers", headers);
  visit("body", body);
  visit("body_size", body_size);
  visit("body_cut", body_cut);
  visit("remote", remote);
  visit("reused", reused);
  visit("timing", timing);
  visit("dropped_cookies", dropped_cookies);
  visit("error", error);
  visit("disclosed", disclosed);
}

template <Is<ConsoleLine> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [at, text] = value;
  visit("at", at);
  visit("text", text);
}

template <Is<FilledField> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [label, name, type, content, from] = value;
  visit("label", label);
  visit("name", name);
  visit("type", type);
  visit("value", content);
  visit("from", from);
}

template <Is<FilledForm> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, method, action, encoding, filled, frame] = value;
  visit("name", name);
  visit("method", method);
  visit("action", action);
  visit("encoding", encoding);
  visit("fields", filled);
  visit("frame", frame);
}

template <Is<ShownError> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [labels, words] = value;
  visit("labels", labels);
  visit("words", words);
}

template <Is<PageSeen> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [url, status, title, errors, forms, outline, text, traits] = value;
  visit("url", url);
  visit("status", status);
  visit("title", title);
  visit("errors", errors);
  visit("forms", forms);
  visit("outline", outline);
  visit("text", text);
  visit("traits", traits);
}

template <Is<Failure> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [code, key, place, source_line, subject, part, wanted, got, shown, dropped, others, reason, cell, policy,
         near_address] = value;
  visit("code", code);
  visit("key", key);
  visit("place", place);
  visit("source_line", source_line);
  visit("subject", subject);
  visit("part", part);
  visit("wanted", wanted);
  visit("got", got);
  visit("shown", shown);
  visit("dropped", dropped);
  visit("others", others);
  visit("reason", reason);
  visit("cell", cell);
  visit("policy", policy);
  visit("near_address", near_address);
}

template <Is<NearAddress> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [wanted, known, is_answered, pages, places, places_of_wanted] = value;
  visit("wanted", wanted);
  visit("known", known);
  visit("is_answered", is_answered);
  visit("pages", pages);
  visit("places", places);
  visit("places_of_wanted", places_of_wanted);
}

template <Is<Policy> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [from, directive] = value;
  visit("from", from);
  visit("directive", directive);
}

template <Is<StatusRange> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [first, last] = value;
  visit("first", first);
  visit("last", last);
}

template <Is<Wanted> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [kind, is_negated, is_masked, text, number, list, statuses] = value;
  visit("kind", kind);
  visit("is_negated", is_negated);
  visit("is_masked", is_masked);
  visit("text", text);
  visit("number", number);
  visit("list", list);
  visit("statuses", statuses);
}

template <Is<AnswerSeen> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [status, path, title, traits] = value;
  visit("status", status);
  visit("path", path);
  visit("title", title);
  visit("traits", traits);
}

template <Is<Got> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [text, bytes, is_literal, number, list, answer, change] = value;
  visit("text", text);
  visit("bytes", bytes);
  visit("is_literal", is_literal);
  visit("number", number);
  visit("list", list);
  visit("answer", answer);
  visit("change", change);
}

template <Is<Explanation> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [what, hint] = value;
  visit("what", what);
  visit("hint", hint);
}

template <Is<Note> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [kind, text, until, number, failure] = value;
  visit("kind", kind);
  visit("text", text);
  visit("until", until);
  visit("number", number);
  visit("failure", failure);
}

template <Is<Requirement> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [is_stated, number, text] = value;
  visit("is_stated", is_stated);
  visit("number", number);
  visit("text", text);
}

template <Is<TestedValue> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [kind, length, is_about_length, is_wide, text] = value;
  visit("kind", kind);
  visit("length", length);
  visit("is_about_length", is_about_length);
  visit("is_wide", is_wide);
  visit("text", text);
}

template <Is<ColumnSeen> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [fact, table, column, type] = value;
  visit("fact", fact);
  visit("table", table);
  visit("column", column);
  visit("type", type);
}

template <Is<RuleNote> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [kind, text] = value;
  visit("kind", kind);
  visit("text", text);
}

template <Is<ValidationCell> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [field, rule, required, page, declared, choices, page_refuses, bound, server, tested, end, answer, said, column,
         behind, trouble, notes, holds, place] = value;
  visit("field", field);
  visit("rule", rule);
  visit("required", required);
  visit("page", page);
  visit("declared", declared);
  visit("choices", choices);
  visit("page_refuses", page_refuses);
  visit("bound", bound);
  visit("server", server);
  visit("tested", tested);
  visit("end", end);
  visit("answer", answer);
  visit("said", said);
  visit("column", column);
  visit("behind", behind);
  visit("trouble", trouble);
  visit("notes", notes);
  visit("holds", holds);
  visit("place", place);
}

template <Is<Validation> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [form, submissions, table, database_note, created, cells] = value;
  visit("form", form);
  visit("submissions", submissions);
  visit("table", table);
  visit("database_note", database_note);
  visit("created", created);
  visit("cells", cells);
}

template <Is<Probes> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [wrong_password, unknown_user, no_session, ready_page, static_page, second_account] = value;
  visit("wrong_password", wrong_password);
  visit("unknown_user", unknown_user);
  visit("no_session", no_session);
  visit("ready_page", ready_page);
  visit("static_page", static_page);
  visit("second_account", second_account);
}

template <Is<Evidence> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [exchanges, form, page, console, validation, probes] = value;
  visit("exchanges", exchanges);
  visit("form", form);
  visit("page", page);
  visit("console", console);
  visit("validation", validation);
  visit("probes", probes);
}

template <Is<EarlierStep> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [index, title, evidence] = value;
  visit("index", index);
  visit("title", title);
  visit("evidence", evidence);
}

template <Is<EarlierPage> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [index, page] = value;
  visit("index", index);
  visit("page", page);
}

template <Is<EvidenceLine> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [source, text, failure] = value;
  visit("source", source);
  visit("text", text);
  visit("failure", failure);
}

template <Is<CodePlace> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [file, line, name, commit, subject, age, is_new] = value;
  visit("file", file);
  visit("line", line);
  visit("name", name);
  visit("commit", commit);
  visit("subject", subject);
  visit("age", age);
  visit("is_new", is_new);
}

template <Is<NamedIn> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, migrations] = value;
  visit("name", name);
  visit("migrations", migrations);
}

template <Is<MigrationsSeen> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [tool, broken, waiting, came, gone, unknown, left_out] = value;
  visit("tool", tool);
  visit("broken", broken);
  visit("waiting", waiting);
  visit("came", came);
  visit("gone", gone);
  visit("unknown", unknown);
  visit("left_out", left_out);
}

template <Is<Suspect> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [layer, also, cause, identifier, suggestion, origin, subject, confidence, reason, evidence, advice, wrong_name,
         places, named_in, fingerprint] = value;
  visit("layer", layer);
  visit("also", also);
  visit("cause", cause);
  visit("identifier", identifier);
  visit("suggestion", suggestion);
  visit("origin", origin);
  visit("subject", subject);
  visit("confidence", confidence);
  visit("reason", reason);
  visit("evidence", evidence);
  visit("advice", advice);
  visit("wrong_name", wrong_name);
  visit("places", places);
  visit("named_in", named_in);
  visit("fingerprint", fingerprint);
}

template <Is<StepResult> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [title, address_from, place, source_line, outcome, started, duration, failures, error, note, evidence, earlier,
         earlier_pages, suspects] = value;
  visit("title", title);
  visit("address_from", address_from);
  visit("place", place);
  visit("source_line", source_line);
  visit("outcome", outcome);
  visit("started", started);
  visit("duration", duration);
  visit("failures", failures);
  visit("error", error);
  visit("note", note);
  visit("evidence", evidence);
  visit("earlier", earlier);
  visit("earlier_pages", earlier_pages);
  visit("suspects", suspects);
}

template <Is<PlannedCase> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [id, feature, name, place, tags, ticket, requirements, accounts] = value;
  visit("id", id);
  visit("feature", feature);
  visit("name", name);
  visit("place", place);
  visit("tags", tags);
  visit("ticket", ticket);
  visit("requirements", requirements);
  visit("accounts", accounts);
}

template <Is<RunOrigin> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [commit, branch, is_dirty, base, folder, pull_request, build, build_url, target_version] = value;
  visit("commit", commit);
  visit("branch", branch);
  visit("is_dirty", is_dirty);
  visit("base", base);
  visit("folder", folder);
  visit("pull_request", pull_request);
  visit("build", build);
  visit("build_url", build_url);
  visit("target_version", target_version);
}

template <Is<Shard> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [index, total, plan, cases] = value;
  visit("index", index);
  visit("total", total);
  visit("plan", plan);
  visit("cases", cases);
}

template <Is<GivenVariable> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [name, content, is_hidden] = value;
  visit("name", name);
  visit("value", content);
  visit("is_hidden", is_hidden);
}

template <Is<FileRead> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [file, sha256] = value;
  visit("file", file);
  visit("sha256", sha256);
}

template <Is<RunConditions> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [jobs, retries, retries_failures, is_stepped, unique, variables, secrets, resolve, files] = value;
  visit("jobs", jobs);
  visit("retries", retries);
  visit("retries_failures", retries_failures);
  visit("is_stepped", is_stepped);
  visit("unique", unique);
  visit("variables", variables);
  visit("secrets", secrets);
  visit("resolve", resolve);
  visit("files", files);
}

template <Is<PoolMember> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [user, number] = value;
  visit("user", user);
  visit("number", number);
}

template <Is<RunStarted> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [murphy_version, at, project, target, hostname, plan, origin, selection, seed, shard, conditions] = value;
  visit("murphy_version", murphy_version);
  visit("at", at);
  visit("project", project);
  visit("target", target);
  visit("hostname", hostname);
  visit("plan", plan);
  visit("origin", origin);
  visit("selection", selection);
  visit("seed", seed);
  visit("shard", shard);
  visit("conditions", conditions);
}

template <Is<TargetReady> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [at, url, started_by_us, waited, console, trace_url, attempts] = value;
  visit("at", at);
  visit("url", url);
  visit("started_by_us", started_by_us);
  visit("waited", waited);
  visit("console", console);
  visit("trace_url", trace_url);
  visit("attempts", attempts);
}

template <Is<TargetLost> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [at, error, console, loss, exchanges, suspects] = value;
  visit("at", at);
  visit("error", error);
  visit("console", console);
  visit("loss", loss);
  visit("exchanges", exchanges);
  visit("suspects", suspects);
}

template <Is<CaseStarted> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [id, at, members] = value;
  visit("id", id);
  visit("at", at);
  visit("members", members);
}

template <Is<ProjectSignature> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [layer, says, contains, pattern, example] = value;
  visit("layer", layer);
  visit("says", says);
  visit("contains", contains);
  visit("pattern", pattern);
  visit("example", example);
}

template <Is<EvidenceGathered> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [at, schema, database_note, known_good, signatures, migrations] = value;
  visit("at", at);
  visit("schema", schema);
  visit("database_note", database_note);
  visit("baseline", known_good);
  visit("signatures", signatures);
  visit("migrations", migrations);
}

template <Is<StepFinished> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [id, step] = value;
  visit("id", id);
  visit("step", step);
}

template <Is<CaseRetried> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [id, at, outcome, duration, reason] = value;
  visit("id", id);
  visit("at", at);
  visit("outcome", outcome);
  visit("duration", duration);
  visit("reason", reason);
}

template <Is<CaseFinished> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [id, outcome, duration, note, attempts] = value;
  visit("id", id);
  visit("outcome", outcome);
  visit("duration", duration);
  visit("note", note);
  visit("attempts", attempts);
}

template <Is<ControlFinished> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [holds, failure, exchanges] = value;
  visit("holds", holds);
  visit("failure", failure);
  visit("exchanges", exchanges);
}

template <Is<RunFinished> T, class Visit> void fields(T& value, Visit&& visit) {
  auto& [at, duration, interrupted] = value;
  visit("at", at);
  visit("duration", duration);
  visit("interrupted", interrupted);
}

// A value whose members are listed here.
template <class T>
concept Structure = std::is_class_v<T> && requires(T& value) { fields(value, [](const char*, auto&) {}); };

} // namespace murphy::record
