#include "run/steps/expect_parts.h"

#include "base/json_text.h"
#include "base/text.h"
#include "run/shared/json_document.h"

#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cstdint>
#include <fmt/format.h>
#include <utility>

namespace murphy::run {
namespace {

using Json = boost::json::value;
using record::Failure;
using record::FailureCode;
using scenario::Matcher;
using Found = std::vector<Failure>;

std::string_view characters(const Json& text) { return {text.get_string().data(), text.get_string().size()}; }

// As JSON writes it.
record::Got literal_json(const Json& got) {
  record::Got literal = record::got_text(json_text(got));
  literal.is_literal = true;
  return literal;
}

// What a JSON value says: a string its characters, everything else as JSON writes it.
record::Got got_json(const Json& got) {
  return got.is_string() ? record::got_text(characters(got)) : literal_json(got);
}

record::Wanted literal(std::string text) {
  record::Wanted wanted;
  wanted.kind = record::Wanted::Kind::literal;
  wanted.text = std::move(text);
  return wanted;
}

// A comparison inside a list, as the scenario writes it.
std::string written(const Matcher& matcher) {
  const std::string text = boost::json::serialize(Json(matcher.text.source));
  switch (matcher.kind) {
  case Matcher::Kind::contains: return "{ contains = " + text + " }";
  case Matcher::Kind::matches: return "{ matches = " + text + " }";
  case Matcher::Kind::not_: return "{ not = " + written(*matcher.negated) + " }";
  case Matcher::Kind::at_least: return "{ at_least = " + matcher.text.source + " }";
  case Matcher::Kind::equals: break;
  }
  return matcher.is_number ? matcher.text.source : text;
}

std::string written(const scenario::JsonExpectation& expected);

std::string written(bool flag) { return flag ? "true" : "false"; }
std::string written(const scenario::JsonNull& null) { return null.wanted ? "null" : "{ null = false }"; }
std::string written(const scenario::JsonAbsent& absent) {
  return fmt::format("{{ absent = {} }}", written(absent.wanted));
}
std::string written(const scenario::JsonLength& length) {
  return fmt::format("{{ length = {} }}", written(length.number));
}
std::string written(const scenario::JsonList& list) {
  std::vector<std::string> items;
  for (const scenario::JsonExpectation& item : list.items) items.push_back(written(item));
  return "[" + join(items, ", ") + "]";
}
std::string written(const scenario::JsonExpectation& expected) {
  return std::visit([](const auto& is) { return written(is); }, expected.is);
}

std::optional<std::size_t> length_of(const Json& got) {
  if (got.is_array()) return got.get_array().size();
  if (got.is_object()) return got.get_object().size();
  if (got.is_string()) return count_code_points(characters(got));
  return std::nullopt;
}

// One of them may well be there without the other: "user" and "users".
bool is_plural(const std::string& left, const std::string& right) { return left + "s" == right || right + "s" == left; }

// Whether one value is as stated; where it is not, what was wanted of it.
struct Judged {
  bool holds = false;
  record::Wanted wanted;
};

class Judge {
public:
  explicit Judge(const Expand& expand) : expand_(expand) {}

  Result<Judged> operator()(const Json& got, bool wanted) const {
    return Judged{got.is_bool() && got.get_bool() == wanted, literal(written(wanted))};
  }

  // Text is compared with text, and only numbers with numbers. Other kinds are compared as JSON writes them, but a
  // plain text equals none of them, and null is nothing that a comparison could hold for.
  Result<Judged> operator()(const Json& got, const Matcher& matcher) const {
    auto comparison =
        compare(matcher, got.is_string() ? std::string(characters(got)) : json_text(got), PlainString::whole, expand_);
    if (!comparison) return std::unexpected(comparison.error());
    const bool comparable = matcher.is_number || compares_numbers(matcher)
                                ? got.is_number()
                                : got.is_string() || (!got.is_null() && matcher.kind != Matcher::Kind::equals);
    return Judged{comparable && comparison->holds, std::move(comparison->wanted)};
  }

  Result<Judged> operator()(const Json& got, const scenario::JsonNull& null) const {
    Judged judged{got.is_null() == null.wanted, literal("null")};
    judged.wanted.is_negated = !null.wanted;
    return judged;
  }

  // What is there is there; that it should not be is said of a pointer.
  Result<Judged> operator()(const Json&, const scenario::JsonAbsent& absent) const {
    return Judged{!absent.wanted, literal(written(absent))};
  }

  Result<Judged> operator()(const Json& got, const scenario::JsonLength& length) const {
    const auto counted = length_of(got);
    auto comparison = compare(length.number, std::to_string(counted.value_or(0)), PlainString::whole, expand_);
    if (!comparison) return std::unexpected(comparison.error());
    return Judged{counted && comparison->holds, std::move(comparison->wanted)};
  }

  Result<Judged> operator()(const Json& got, const scenario::JsonList& list) const {
    Judged judged{got.is_array() && got.get_array().size() == list.items.size(), literal(written(list))};
    for (std::size_t i = 0; judged.holds && i < list.items.size(); ++i) {
      const auto item = of(got.get_array()[i], list.items[i]);
      if (!item) return item;
      judged.holds = item->holds;
    }
    return judged;
  }

  Result<Judged> of(const Json& got, const scenario::JsonExpectation& expected) const {
    return std::visit([&](const auto& is) { return (*this)(got, is); }, expected.is);
  }

private:
  const Expand& expand_;
};

} // namespace

Mismatches check(const scenario::ExpectJson& expected, const Observation& seen) {
  const std::string_view body = seen.visit.page->body();
  const auto document = json_document(body);
  if (!document) {
    Failure none = failure_about(FailureCode::not_json, expected.pointer);
    if (const std::string* type = record::find_header(seen.visit.page->headers(), "Content-Type")) none.part = *type;
    none.got = record::got_text(body);
    return Found{std::move(none)};
  }
  const Json* found = at_pointer(*document, expected.pointer);
  const auto* absent = std::get_if<scenario::JsonAbsent>(&expected.value.is);
  if (found == nullptr) {
    Failure missing = failure_about(FailureCode::missing_json, expected.pointer);
    if (absent != nullptr && absent->wanted) {
      // Every misspelled member is absent.
      auto member = missing_member(*document, expected.pointer);
      if (!member) return Found{};
      std::erase_if(member->others, [&](const std::string& other) { return is_plural(other, member->name); });
      missing.others = called_alike(member->name, member->others);
      if (missing.others.empty()) return Found{};
      missing.part = std::move(member->name);
      return Found{std::move(missing)};
    }
    // It is judged against something, to report what was wanted.
    auto judged = Judge(seen.expand).of(Json(), expected.value);
    if (!judged) return std::unexpected(judged.error());
    if (absent == nullptr) missing.wanted = std::move(judged->wanted);
    missing.got = record::got_text(body);
    return Found{std::move(missing)};
  }
  auto judged = Judge(seen.expand).of(*found, expected.value);
  if (!judged) return std::unexpected(judged.error());
  if (judged->holds) return Found{};
  Failure wrong = failure_about(FailureCode::wrong_json, expected.pointer);
  if (absent == nullptr) wrong.wanted = std::move(judged->wanted);
  // Text that looks like a number is shown as text.
  wrong.got = wrong.wanted.kind == record::Wanted::Kind::at_least ? literal_json(*found) : got_json(*found);
  if (absent != nullptr) wrong.code = FailureCode::unwanted_json;
  if (std::holds_alternative<scenario::JsonLength>(expected.value.is)) {
    wrong.code = FailureCode::wrong_json_length;
    if (const auto length = length_of(*found)) {
      wrong.got = {};
      wrong.got.number = static_cast<std::int64_t>(*length);
    }
  }
  return Found{std::move(wrong)};
}

} // namespace murphy::run
