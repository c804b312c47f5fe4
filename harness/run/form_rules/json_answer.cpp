#include "run/form_rules/json_answer.h"

#include "base/label.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>

namespace murphy::run {
namespace {

namespace json = boost::json;

template <std::size_t size> bool is_one_of(std::string_view key, const std::array<std::string_view, size>& keys) {
  return std::ranges::find(keys, key) != keys.end();
}

// "fieldErrors", "field_errors" and "field-errors" are the same.
std::string folded(std::string_view key) {
  std::string letters = ascii_lower(key);
  std::erase_if(letters, [](char c) { return c == '_' || c == '-' || c == ' '; });
  return letters;
}

constexpr std::array<std::string_view, 7> outcomes = {"ok",      "success",  "successful", "valid",
                                                      "isvalid", "accepted", "succeeded"};
constexpr std::array<std::string_view, 3> states = {"status", "result", "state"};
constexpr std::array<std::string_view, 6> bad_states = {"error", "fail", "failed", "failure", "invalid", "rejected"};
constexpr std::array<std::string_view, 11> containers = {
    "error",          "errors",     "fielderrors",   "violations", "invalidparams", "issues", "validationerrors",
    "nonfielderrors", "formerrors", "errormessages", "validation"};
constexpr std::array<std::string_view, 8> messages = {"message",     "msg",    "detail",   "title",
                                                      "description", "reason", "messages", "text"};
constexpr std::array<std::string_view, 10> places = {"field",        "path",    "param", "name",         "property",
                                                     "propertypath", "pointer", "loc",   "instancepath", "source"};
constexpr std::array<std::string_view, 8> technical = {"code", "type",   "status", "kind",
                                                       "rule", "params", "value",  "in"};

bool is_empty(const json::value& value) {
  switch (value.kind()) {
  case json::kind::null: return true;
  case json::kind::bool_: return !value.get_bool();
  case json::kind::string: return value.get_string().empty();
  case json::kind::array: return value.get_array().empty();
  case json::kind::object:
    return std::ranges::all_of(value.get_object(), [](const auto& member) { return is_empty(member.value()); });
  default: return false;
  }
}

class Reader {
public:
  Reader(const std::vector<std::vector<std::string>>& fields, JsonAnswer& answer) : fields_(fields), answer_(answer) {}

  void read(const json::value& document) {
    if (document.is_array()) {
      if (are_errors(document)) refuse(document);
    } else if (document.is_object()) {
      read_object(document.get_object());
    } else if (document.is_string()) {
      answer_.words = document.get_string();
    }
  }

private:
  using Labels = std::vector<std::string>;

  // A list of objects that each speak of a field.
  bool are_errors(const json::value& value) const {
    return value.is_array() && std::ranges::any_of(value.get_array(), [&](const json::value& each) {
             return each.is_object() && place_of(each.get_object()) != nullptr &&
                    message_of(each.get_object()) != nullptr;
           });
  }

  void refuse(const json::value& errors) {
    answer_.is_refused = true;
    collect(errors, {});
  }

  void read_object(const json::object& object) {
    for (const auto& [name, value] : object) {
      const std::string key = folded(name);
      answer_.shape += key + (value.is_bool() ? value.get_bool() ? "+" : "-" : "") + " ";
      if (is_one_of(key, outcomes) && value.is_bool() && !value.get_bool()) answer_.is_refused = true;
      if (is_one_of(key, states) && value.is_string() && is_one_of(folded(std::string(value.get_string())), bad_states))
        answer_.is_refused = true;
      if (is_one_of(key, containers)) {
        if (!is_empty(value)) refuse(value);
      } else if (is_one_of(key, messages)) {
        if (value.is_string()) add_words(value.get_string());
        if (are_errors(value)) refuse(value);
      } else if (is_list_of_texts(value) && field_named(name) != nullptr) {
        refuse_at(value, *field_named(name)); // as Django REST framework answers
      } else if (value.is_object()) {
        read_object(value.get_object());
      }
    }
  }

  static bool is_list_of_texts(const json::value& value) {
    return value.is_array() && !value.get_array().empty() &&
           std::ranges::all_of(value.get_array(), [](const json::value& each) { return each.is_string(); });
  }

  void refuse_at(const json::value& errors, const Labels& labels) {
    answer_.is_refused = true;
    collect(errors, labels);
  }

  void add_words(std::string_view words) {
    if (words.empty()) return;
    answer_.words += (answer_.words.empty() ? "" : "; ") + one_line(words);
  }

  const Labels* field_named(std::string_view path) const {
    const std::size_t slash = path.rfind('/');
    std::string_view name = last_part(slash == std::string_view::npos ? path : path.substr(slash + 1));
    for (const Labels& labels : fields_) {
      const bool is_it = goes_by(labels, path) || std::ranges::any_of(labels, [&](const std::string& label) {
                           return folded(last_part(label)) == folded(name);
                         });
      if (is_it) return &labels;
    }
    return nullptr;
  }

  // The field that an error object says it is about.
  const Labels* place_of(const json::object& error) const {
    for (const auto& [name, value] : error) {
      if (!is_one_of(folded(name), places)) continue;
      if (value.is_string()) return field_named(value.get_string());
      if (value.is_object()) return place_of(value.get_object());
      if (value.is_array() && !value.get_array().empty() && value.get_array().back().is_string())
        return field_named(value.get_array().back().get_string());
    }
    return nullptr;
  }

  static const json::value* message_of(const json::object& error) {
    for (const auto& [name, value] : error)
      if (is_one_of(folded(name), messages) && !is_empty(value)) return &value;
    return nullptr;
  }

  void collect(const json::value& value, const Labels& labels) {
    if (value.is_string()) {
      const std::string words = one_line(std::string_view(value.get_string()));
      if (!words.empty()) answer_.errors.push_back({labels, words});
    } else if (value.is_array()) {
      for (const json::value& each : value.get_array()) collect(each, labels);
    } else if (value.is_object()) {
      collect_object(value.get_object(), labels);
    }
  }

  void collect_object(const json::object& object, const Labels& labels) {
    const Labels* place = place_of(object);
    const json::value* message = message_of(object);
    if (message != nullptr && (place != nullptr || !has_fields(object))) {
      collect(*message, place != nullptr ? *place : labels);
      return;
    }
    for (const auto& [name, value] : object) {
      if (is_one_of(folded(name), technical)) continue;
      const Labels* field = field_named(name);
      collect(value, field != nullptr ? *field : labels);
    }
  }

  bool has_fields(const json::object& object) const {
    return std::ranges::any_of(object, [&](const auto& member) {
      return member.value().is_structured() || field_named(member.key()) != nullptr;
    });
  }

  const std::vector<Labels>& fields_;
  JsonAnswer& answer_;
};

} // namespace

JsonAnswer read_json_answer(std::string_view body, const std::vector<std::vector<std::string>>& fields) {
  JsonAnswer answer;
  boost::system::error_code error;
  const json::value document = json::parse(trim(body), error);
  answer.is_json = !error && (document.is_structured() || document.is_string());
  if (answer.is_json) Reader(fields, answer).read(document);
  return answer;
}

} // namespace murphy::run
