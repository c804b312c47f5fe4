#include "record/event_json.h"

#include "base/make_error.h"
#include "base/nearest.h"
#include "base/text.h"
#include "record/enumerators.h"
#include "record/fields.h"
#include "record/journal.h"
#include "record/journal_version_1.h"
#include "record/time.h"

#include <array>
#include <boost/json.hpp>
#include <utility>

namespace murphy::record {

namespace json = boost::json;

namespace {

// ---- names of events

constexpr std::array<std::string_view, std::variant_size_v<Event::Variant>> event_names = {
    "run_started",   "target_ready", "target_lost",   "case_started",     "evidence_gathered",
    "step_finished", "case_retried", "case_finished", "control_finished", "run_finished"};

template <class T>
concept Enumeration = std::is_enum_v<T>;
template <class T>
concept Number = std::integral<T> && !std::same_as<T, bool>;

// ---- writing

json::value written(const std::string& text) {
  return json::value(is_utf8(text) ? json::string(text) : json::string(repair_utf8(text)));
}
json::value written(bool flag) { return flag; }
json::value written(Number auto number) { return number; }
json::value written(Duration duration) { return duration.count(); }
json::value written(Instant at) { return json::value(to_iso_8601(at)); }
json::value written(Enumeration auto value) { return json::value(names_of(value)[static_cast<std::size_t>(value)]); }
template <class T> json::value written(const Shared<T>& value);
template <class T> json::value written(const std::vector<T>& values);
template <Structure T> json::value written(const T& value);

template <class T> void write_member(json::object& object, const char* name, const T& member) {
  object[name] = written(member);
}
template <class T> void write_member(json::object& object, const char* name, const std::optional<T>& member) {
  if (member) object[name] = written(*member);
}
template <class T> void write_member(json::object& object, const char* name, const Boxed<T>& member) {
  if (member) object[name] = written(*member);
}

template <class T> json::value written(const Shared<T>& value) { return written(*value); }
template <class T> json::value written(const std::vector<T>& values) {
  json::array array;
  array.reserve(values.size());
  for (const T& value : values) array.push_back(written(value));
  return array;
}

// Of these most members say nothing: those that have their defaults are left out.
template <class T>
constexpr bool is_sparse = std::same_as<T, Failure> || std::same_as<T, Wanted> || std::same_as<T, Got> ||
                           std::same_as<T, AnswerSeen> || std::same_as<T, Explanation> || std::same_as<T, Note> ||
                           std::same_as<T, Requirement> || std::same_as<T, TestedValue> || std::same_as<T, ColumnSeen>;

template <Structure T> json::value written(const T& value) {
  json::object object;
  fields(value, [&](const char* name, const auto& member) { write_member(object, name, member); });
  if constexpr (is_sparse<T>) {
    json::object defaults, written;
    const T none{};
    fields(none, [&](const char* name, const auto& member) { write_member(defaults, name, member); });
    for (const auto& member : object)
      if (const json::value* same = defaults.if_contains(member.key()); same == nullptr || *same != member.value())
        written.emplace(member.key(), member.value());
    return written;
  }
  return object;
}

// ---- reading

// What is wrong and where in the line: "step.evidence.exchanges[2].status is not a whole number that fits".
struct ReadError {
  std::string path;
  std::string what;
};

class Reader {
public:
  const std::optional<ReadError>& read_error() const { return read_error_; }

  void read(const json::value& from, std::string& into) {
    if (const json::string* text = from.if_string()) {
      into.assign(text->data(), text->size());
    } else {
      refuse("is not a string");
    }
  }

  void read(const json::value& from, SharedText& into) {
    std::string text;
    read(from, text);
    into = std::move(text);
  }

  void read(const json::value& from, bool& into) {
    if (const bool* flag = from.if_bool()) {
      into = *flag;
    } else {
      refuse("is not true or false");
    }
  }

  template <Number T> void read(const json::value& from, T& into) {
    boost::system::error_code error;
    const T number = from.is_double() ? T{} : from.to_number<T>(error);
    if (error || from.is_double()) return refuse("is not a whole number that fits");
    into = number;
  }

  void read(const json::value& from, Duration& into) {
    Duration::rep microseconds = 0;
    read(from, microseconds);
    into = Duration(microseconds);
  }

  void read(const json::value& from, Instant& into) {
    const json::string* text = from.if_string();
    const std::optional<Instant> at = text ? from_iso_8601(*text) : std::nullopt;
    if (!at) return refuse("is not a time like 2026-01-31T23:59:59.000000Z");
    into = *at;
  }

  template <Enumeration T> void read(const json::value& from, T& into) {
    constexpr auto names = names_of(T{});
    const json::string* text = from.if_string();
    for (std::size_t i = 0; text && i < names.size(); ++i) {
      if (std::string_view(*text) != names[i]) continue;
      into = static_cast<T>(i);
      return;
    }
    refuse("is not one of " + murphy::join({names.begin(), names.end()}, ", "));
  }

  template <class T> void read(const json::value& from, std::optional<T>& into) { read(from, into.emplace()); }
  template <class T> void read(const json::value& from, Boxed<T>& into) { read(from, into.emplace()); }
  template <class T> void read(const json::value& from, Shared<T>& into) { read(from, into.edit()); }

  template <class T> void read(const json::value& from, std::vector<T>& into) {
    const json::array* array = from.if_array();
    if (!array) return refuse("is not an array");
    into.reserve(array->size());
    for (const json::value& element : *array) {
      within("[" + std::to_string(into.size()) + "]", [&] { read(element, into.emplace_back()); });
    }
  }

  template <Structure T> void read(const json::value& from, T& into) {
    const json::object* object = from.if_object();
    if (!object) return refuse("is not an object");
    fields(into, [&](const char* name, auto& member) {
      const json::value* found = object->if_contains(name);
      if (found) within(path_.empty() ? name : std::string(".") + name, [&] { read(*found, member); });
    });
  }

private:
  template <class Action> void within(const std::string& step, Action&& action) {
    if (read_error_) return;
    const std::size_t length = path_.size();
    path_ += step;
    action();
    path_.resize(length);
  }
  void refuse(std::string what) {
    if (!read_error_) read_error_ = {path_, std::move(what)};
  }

  std::string path_;
  std::optional<ReadError> read_error_;
};

std::unexpected<Error> refused(std::string what, std::string hint) {
  return std::unexpected(usage_error(std::move(what), std::move(hint)));
}

template <std::size_t Index = 0> Event default_event(std::size_t index) {
  if constexpr (Index + 1 < std::variant_size_v<Event::Variant>) {
    if (index != Index) return default_event<Index + 1>(index);
  }
  return Event(std::in_place_index<Index>);
}

} // namespace

json::object to_json(const Event& event) {
  json::object line{{"murphy", journal_version}, {"event", event_names[event.index()]}};
  std::visit(
      [&](const auto& value) {
        fields(value, [&](const char* name, const auto& member) { write_member(line, name, member); });
      },
      event);
  return line;
}

Result<Event> from_json(const json::value& value) {
  const json::object* line = value.if_object();
  const json::value* version = line ? line->if_contains("murphy") : nullptr;
  if (!version || !version->is_int64())
    return refused("this is not a line of a Murphy journal", "`murphy run --journal FILE` writes a journal");
  if (version->get_int64() < oldest_journal_version || version->get_int64() > journal_version) {
    return refused("this is a journal of version " + std::to_string(version->get_int64()) +
                       ", but this Murphy reads versions " + std::to_string(oldest_journal_version) + " to " +
                       std::to_string(journal_version),
                   "use the Murphy version that wrote it, or rerun the scenarios");
  }
  const json::value current = version->get_int64() == 1 ? json::value(from_version_1(*line)) : value;
  const json::value* name = line->if_contains("event");
  const std::string wanted = name && name->is_string() ? std::string(name->get_string()) : std::string();
  const auto known = std::ranges::find(event_names, wanted);
  if (known == event_names.end()) {
    const std::string meant = did_you_mean(wanted, {event_names.begin(), event_names.end()});
    return refused("a journal has no event \"" + wanted + "\"",
                   meant.empty() ? "do not edit a journal by hand; rerun the scenarios" : meant);
  }

  Event event = default_event(static_cast<std::size_t>(known - event_names.begin()));
  Reader reader;
  std::visit([&](auto& into) { reader.read(current, into); }, event);
  if (reader.read_error()) {
    return refused(reader.read_error()->path + " " + reader.read_error()->what,
                   "do not edit a journal by hand; rerun the scenarios");
  }
  return event;
}

} // namespace murphy::record
