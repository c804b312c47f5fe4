#include "record/journal_version_1.h"

#include <array>
#include <boost/json.hpp>
#include <charconv>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace murphy::record {

namespace json = boost::json;

namespace {

// Words of version 1, and the names that stand for them now.
using Renamed = std::pair<std::string_view, std::string_view>;

constexpr std::array<Renamed, 9> sources{{{"console", "console"},
                                          {"database log", "database_log"},
                                          {"page", "page"},
                                          {"requests", "requests"},
                                          {"form", "form"},
                                          {"schema", "schema"},
                                          {"known-good record", "baseline"},
                                          {"probes", "probes"},
                                          {"validation", "validation"}}};

constexpr std::array<Renamed, 11> origins{{{"", "none"},
                                           {"engine's hint", "engine_hint"},
                                           {"choices in the message", "choices_in_message"},
                                           {"attributes in the message", "attributes_in_message"},
                                           {"schema", "schema"},
                                           {"known-good record", "baseline"},
                                           {"statement", "statement"},
                                           {"usual spelling", "usual_spelling"},
                                           {"the field's id", "field_id"},
                                           {"the field's label", "field_label"},
                                           {"scenario", "scenario"}}};

template <std::size_t Size> std::string_view renamed(const std::array<Renamed, Size>& names, std::string_view word) {
  for (const auto& [was, is] : names)
    if (was == word) return is;
  return {};
}

// The member of an object, or null where there is none.
json::value* member(json::value& value, std::string_view name) {
  json::object* object = value.if_object();
  return object == nullptr ? nullptr : object->if_contains(name);
}

// Every element of an array that is a member; nothing where there is none.
template <class Change> void each(json::value& value, std::string_view name, Change&& change) {
  json::value* found = member(value, name);
  json::array* array = found == nullptr ? nullptr : found->if_array();
  if (array == nullptr) return;
  for (json::value& element : *array) change(element);
}

std::string text_of(json::value& value, std::string_view name) {
  const json::value* found = member(value, name);
  return found != nullptr && found->is_string() ? std::string(found->get_string()) : std::string();
}

// `cookie "sid" dropped: it is Secure, …`. Why it was dropped stays in its words.
void exchange(json::value& value) {
  constexpr std::string_view begin = "cookie \"", end = "\" dropped: ";
  json::array dropped;
  each(value, "notes", [&](json::value& note) {
    const std::string text = note.is_string() ? std::string(note.get_string()) : std::string();
    const std::size_t close = text.find(end);
    if (text.starts_with(begin) && close != std::string::npos)
      dropped.push_back(json::object{{"name", text.substr(begin.size(), close - begin.size())}, {"why", "unknown"}});
  });
  if (json::object* object = value.if_object()) {
    object->erase("notes");
    object->emplace("dropped_cookies", std::move(dropped));
  }
}

void page(json::value& value) {
  each(value, "errors", [](json::value& error) {
    if (error.is_string()) error = json::object{{"labels", json::array()}, {"words", error}};
  });
}

void filled_field(json::value& value) {
  if (text_of(value, "type") != "sent on purpose") return;
  value.get_object()["type"] = "";
  value.get_object()["from"] = "scenario";
}

// Another source than the known ones was the key of an expectation, with "got …" of it.
void evidence_line(json::value& value) {
  const std::string source = text_of(value, "source");
  if (source.empty()) return;
  json::object& line = value.get_object();
  if (const std::string_view name = renamed(sources, source); !name.empty()) {
    line["source"] = name;
    return;
  }
  constexpr std::string_view got = "got ";
  const std::string text = text_of(value, "text");
  line["source"] = "expectation";
  line["text"] = "";
  line["failure"] = json::object{
      {"key", source}, {"got", json::object{{"text", text.starts_with(got) ? text.substr(got.size()) : text}}}};
}

void suspect(json::value& value) {
  each(value, "evidence", evidence_line);
  if (const json::value* origin = member(value, "origin"); origin != nullptr && origin->is_string())
    if (const std::string_view name = renamed(origins, std::string_view(origin->get_string())); !name.empty())
      value.get_object()["origin"] = name;
}

// An expectation in words.
void failure(json::value& value) {
  json::object* object = value.if_object();
  if (object == nullptr) return;
  const std::string expected = text_of(value, "expected"), got = text_of(value, "got");
  (*object)["key"] = text_of(value, "what");
  (*object)["wanted"] = json::object{{"text", expected}};
  (*object)["got"] = json::object{{"text", got}};
  (*object)["reason"] = json::object{{"hint", text_of(value, "hint")}};
}

// A note in words.
void note(json::value& value) {
  json::value* found = member(value, "note");
  if (found == nullptr || !found->is_string()) return;
  *found = found->get_string().empty() ? json::object() : json::object{{"kind", "as_written"}, {"text", *found}};
}

// "at most 64 characters" is 64 of max_length; "matches [a-z]+" is [a-z]+ of pattern.
json::object requirement(const std::string& rule, std::string_view words) {
  if (words.empty()) return {};
  if (rule == "required") return {{"is_stated", true}, {"number", words == "may be empty" ? 0 : 1}};
  if (rule == "type") {
    if (words == "an email address") return {{"is_stated", true}, {"text", "email"}};
    if (words == "a web address") return {{"is_stated", true}, {"text", "url"}};
  }
  const std::size_t digit = words.find_first_of("0123456789");
  const bool counts = rule == "min_length" || rule == "max_length" || rule == "accepts" || rule == "rejects";
  if (counts && digit != std::string_view::npos) {
    std::int64_t number = 0;
    std::from_chars(words.data() + digit, words.data() + words.size(), number);
    return {{"is_stated", true}, {"number", number}};
  }
  for (const std::string_view lead : {"at least ", "at most ", "in steps of ", "matches ", "the same as ", "a "})
    if (words.starts_with(lead)) return {{"is_stated", true}, {"text", words.substr(lead.size())}};
  return {{"is_stated", true}, {"text", words}};
}

void cell(json::value& value) {
  json::object* object = value.if_object();
  if (object == nullptr) return;
  const auto as_written = [](std::string_view kind, std::string_view place, const std::string& words) {
    return words.empty() ? json::object() : json::object{{kind, "as_written"}, {place, words}};
  };
  constexpr std::string_view elsewhere = "the error stands at ";
  const std::string rule = text_of(value, "rule"), words = text_of(value, "words"), note = text_of(value, "note");
  (*object)["required"] = requirement(rule, text_of(value, "required"));
  (*object)["tested"] = as_written("kind", "text", text_of(value, "probe"));
  (*object)["behind"] = as_written("fact", "type", text_of(value, "column_says"));
  (*object)["said"] = words.starts_with(elsewhere) ? words.substr(elsewhere.size()) : words;
  if (!words.empty()) (*object)["end"] = "as_written";
  (*object)["notes"] = note.empty() ? json::array() : json::array{as_written("kind", "text", note)};
}

} // namespace

json::object from_version_1(json::object line) {
  json::value whole(std::move(line));
  note(whole);
  // Of the negative control, what a visitor was answered who was let in.
  if (const json::value* holds = member(whole, "holds"); holds != nullptr && holds->is_bool() && !holds->get_bool())
    whole.get_object()["failure"] = json::object{{"got", json::object{{"text", text_of(whole, "got")}}}};
  each(whole, "exchanges", exchange);
  if (json::value* step = member(whole, "step")) {
    each(*step, "failures", failure);
    each(*step, "suspects", suspect);
    note(*step);
    if (json::value* evidence = member(*step, "evidence")) {
      each(*evidence, "exchanges", exchange);
      if (json::value* at = member(*evidence, "page")) page(*at);
      if (json::value* form = member(*evidence, "form")) each(*form, "fields", filled_field);
      if (json::value* validation = member(*evidence, "validation")) {
        each(*validation, "cells", cell);
        if (const json::value* sent = member(*validation, "probes")) {
          const json::value number = *sent;
          validation->get_object()["submissions"] = number;
        }
      }
    }
  }
  return std::move(whole.get_object());
}

} // namespace murphy::record
