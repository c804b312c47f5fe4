#include "scenario/expectations.h"

#include "base/nearest.h"
#include "base/text.h"
#include "scenario/matchers.h"

#include <algorithm>

namespace murphy::scenario {

namespace {

// Reads the keys of one `expect` or `when`; each function handles one key and adds what it states.
class ExpectReader {
public:
  ExpectReader(Reading& reading, Context& context, const Vocabulary& keys)
      : reading_(reading), context_(context), keys_(keys) {}

  std::vector<Expectation> read(const Node& table) {
    for (const Member& member : table.members) {
      if (!keys_.find(member.key)) continue;
      const auto found = std::ranges::find(readers, member.key, &Reader::key);
      if (found != std::end(readers)) (this->*found->read)(member);
    }
    return std::move(expectations_);
  }

private:
  struct Reader {
    std::string_view key;
    void (ExpectReader::*read)(const Member&);
  };

  template <class Is> void add(const Member& member, std::string what, Is is) {
    const Span span = span_of(member);
    expectations_.push_back({std::move(what), reading_.place(span), reading_.source_line(span), std::move(is)});
  }

  std::optional<Matcher> matcher(const Entry& entry, Compared compared) {
    return read_matcher(reading_, entry, compared, context_);
  }

  // Words that have to be somewhere: empty ones would be everywhere.
  std::optional<Matcher> words(const Entry& entry) {
    if (entry.value.is(Node::Kind::text) && trim(entry.value.text).empty()) {
      reading_.is_empty(entry);
      return std::nullopt;
    }
    return matcher(entry, Compared::text);
  }

  // The items of a list, or the one value that stands in its place.
  static std::vector<const Node*> items(const Node& value) {
    if (!value.is(Node::Kind::array)) return {&value};
    std::vector<const Node*> result;
    for (const Node& item : value.items) result.push_back(&item);
    return result;
  }

  void status(const Member& member) {
    if (auto set = read_status(reading_, entry(member, keys_))) add(member, "status", ExpectStatus{*set});
  }

  void page(const Member& member) {
    const Entry at = entry(member, keys_);
    ExpectPage page;
    const Node& value = member.value;
    if (value.is(Node::Kind::text)) {
      if (!value.text.starts_with("/") && !value.text.starts_with("${")) {
        const std::size_t scheme = value.text.find("://");
        const std::size_t path = scheme == std::string::npos ? scheme : value.text.find('/', scheme + 3);
        const std::string wanted = scheme == std::string::npos ? "/" + value.text
                                   : path == std::string::npos ? "/"
                                                               : value.text.substr(path);
        reading_.error(value.span, "\"page\" is the path of the final address and begins with /",
                       "write \"" + wanted + "\"");
        return;
      }
      if (const std::size_t query = value.text.find_first_of("?#"); query != std::string::npos) {
        reading_.error(reading_.document().inside(value, query, value.text.size() - query),
                       "\"page\" is a path, without query and fragment",
                       "write \"" + value.text.substr(0, query) + "\"");
        return;
      }
      page.glob = value.text.find('*') != std::string::npos;
    }
    std::optional<Matcher> path = matcher(at, Compared::text);
    if (!path) return;
    page.pattern = path->text;
    page.path = std::move(*path);
    add(member, "page", std::move(page));
  }

  void came_through(const Member& member) {
    const Entry at = entry(member, keys_);
    if (!reading_.expect_kind(at, Node::Kind::array, "a list of redirects")) return;
    ExpectCameThrough through;
    for (const Node& item : member.value.items) {
      std::optional<Text> text = reading_.text({at.key, at.example, item}, context_);
      if (!text) return;
      const std::string& source = text->source;
      const bool status = source.size() > 4 && source[0] == '3' && source[3] == ' ' &&
                          std::all_of(source.begin(), source.begin() + 3, [](char c) { return c >= '0' && c <= '9'; });
      if (text->is_literal() && !status) {
        reading_.error(item.span, "a redirect is a status from 300 to 399, a space, and where it led",
                       R"(write "303 /login")");
        return;
      }
      through.redirects.push_back(std::move(*text));
    }
    add(member, "came_through", std::move(through));
  }

  void title(const Member& member) {
    if (auto title = matcher(entry(member, keys_), Compared::text)) {
      add(member, "title", ExpectTitle{std::move(*title)});
    }
  }

  void text(const Member& member) {
    const Entry at = entry(member, keys_);
    ExpectText expected;
    expected.absent = member.key == "no_text";
    for (const Node* item : items(member.value)) {
      std::optional<Matcher> words_wanted = words({at.key, at.example, *item});
      if (!words_wanted) return;
      expected.texts.push_back(std::move(*words_wanted));
    }
    if (expected.texts.empty()) return reading_.is_empty(at);
    add(member, member.key, std::move(expected));
  }

  void element(const Member& member) {
    const Entry at = entry(member, keys_);
    ExpectElement expected;
    expected.absent = member.key == "no_element";
    for (const Node* item : items(member.value)) {
      std::optional<ElementExpectation> one =
          read_element(reading_, {at.key, at.example, *item}, expected.absent, context_);
      if (!one) return;
      expected.elements.push_back(std::move(*one));
    }
    if (expected.elements.empty()) return reading_.is_empty(at);
    add(member, member.key, std::move(expected));
  }

  // A table with an entry for each name; false when it is no table or an empty one.
  bool named(const Member& member, std::string_view wanted) {
    const Entry at = entry(member, keys_);
    if (!reading_.expect_kind(at, Node::Kind::table, wanted)) return false;
    if (member.value.members.empty()) reading_.is_empty(at);
    return true;
  }

  void field_error(const Member& member) {
    if (!named(member, "a table with the words for each field")) return;
    for (const Member& field : member.value.members) {
      const Entry at{field.key, R"(Email = "is not registered")", field.value};
      std::optional<Matcher> expected = words(at);
      if (expected)
        add(field, "field_error." + field.key,
            ExpectFieldError{reading_.key_text(field, context_), std::move(*expected)});
    }
  }

  void no_field_error(const Member& member) {
    const Entry at = entry(member, keys_);
    const Node& value = member.value;
    if (value.is(Node::Kind::boolean)) {
      if (value.boolean) return add(member, "no_field_error", ExpectNoFieldError{});
      reading_.error(value.span, "\"no_field_error\" can only be true",
                     "to expect an error, write field_error = { Email = \"…\" }");
      return;
    }
    if (!value.is(Node::Kind::text) && !value.is(Node::Kind::array)) {
      return reading_.wrong_type(at, "true, or the fields without an error");
    }
    ExpectNoFieldError expected;
    expected.any = false;
    for (const Node* item : items(value)) {
      std::optional<Text> field = reading_.filled_text({at.key, at.example, *item}, context_);
      if (!field) return;
      expected.labels.push_back(std::move(*field));
    }
    if (expected.labels.empty()) return reading_.is_empty(at);
    add(member, "no_field_error", std::move(expected));
  }

  void form_error(const Member& member) {
    if (auto expected = words(entry(member, keys_))) {
      add(member, "form_error", ExpectFormError{std::move(*expected)});
    }
  }

  void header(const Member& member) {
    if (!named(member, "a table with a value for each header")) return;
    for (const Member& one : member.value.members) {
      const Entry at{one.key, R"(header = { Cache-Control = "no-store" })", one.value};
      std::optional<Matcher> value = matcher(at, Compared::either);
      if (value) add(one, "header." + one.key, ExpectHeader{one.key, std::move(*value)});
    }
  }

  void cookie(const Member& member) {
    if (!named(member, "a table with an entry for each cookie")) return;
    for (const Member& one : member.value.members) {
      std::optional<CookieExpectation> expected =
          read_cookie(reading_, {one.key, "cookie = { sid = { secure = true } }", one.value}, context_);
      if (expected) add(one, "cookie." + one.key, ExpectCookie{std::move(*expected)});
    }
  }

  void json(const Member& member) {
    if (!named(member, "a table with a value for each pointer")) return;
    for (const Member& one : member.value.members) {
      if (!reading_.check_json_pointer(one.key, one.span)) continue;
      std::optional<JsonScalar> value = read_json_value(reading_, {one.key, {}, one.value}, context_);
      if (value) add(one, "json." + one.key, ExpectJson{one.key, std::move(*value)});
    }
  }

  void dashboard(const Member& member) {
    const Entry at = entry(member, keys_);
    if (!reading_.expect_kind(at, Node::Kind::text, R"("open" or "closed")")) return;
    const std::string& state = member.value.text;
    if (state != "open" && state != "closed") {
      std::string nearest = did_you_mean(state, {"open", "closed"});
      reading_.error(member.value.span, "\"dashboard\" is \"open\" or \"closed\"", std::move(nearest));
      return;
    }
    if (!context_.reach.project.app.dashboard && context_.reach.checks.project_is_whole) {
      reading_.error(member.span, "the project file does not say what the dashboard is",
                     "add to murphy.toml:\n\n[app]\ndashboard = { page = \"/dashboard\", shows = \"[data-user]\" }");
      return;
    }
    add(member, "dashboard", ExpectDashboard{state == "open" ? Dashboard::open : Dashboard::closed});
  }

  void form(const Member& member) {
    if (auto name = reading_.filled_text(entry(member, keys_), context_)) {
      add(member, "form", ExpectForm{std::move(*name)});
    }
  }

  void within(const Member& member) {
    if (auto limit = reading_.duration(entry(member, keys_))) add(member, "within", ExpectWithin{*limit});
  }

  static constexpr Reader readers[] = {
      {"status", &ExpectReader::status},
      {"page", &ExpectReader::page},
      {"came_through", &ExpectReader::came_through},
      {"title", &ExpectReader::title},
      {"text", &ExpectReader::text},
      {"no_text", &ExpectReader::text},
      {"element", &ExpectReader::element},
      {"no_element", &ExpectReader::element},
      {"field_error", &ExpectReader::field_error},
      {"no_field_error", &ExpectReader::no_field_error},
      {"form_error", &ExpectReader::form_error},
      {"header", &ExpectReader::header},
      {"cookie", &ExpectReader::cookie},
      {"json", &ExpectReader::json},
      {"dashboard", &ExpectReader::dashboard},
      {"form", &ExpectReader::form},
      {"within", &ExpectReader::within},
  };

  Reading& reading_;
  Context& context_;
  const Vocabulary& keys_;
  std::vector<Expectation> expectations_;
};

void check_target(Reading& reading, const Node& value, const Reach& reach) {
  std::vector<std::string> names;
  for (const Target& target : reach.project.targets) names.push_back(target.name);
  if (!reach.checks.project_is_whole || std::ranges::find(names, value.text) != names.end()) return;
  std::string hint = did_you_mean(value.text, names);
  reading.error(value.span, "there is no target \"" + value.text + "\"",
                hint.empty() ? "murphy.toml has " + join(names, ", ") : std::move(hint));
}

} // namespace

std::vector<Expectation> read_expectations(Reading& reading, const Member& expect, Context& context) {
  if (!reading.expect_kind(entry(expect, step_keys), Node::Kind::table, "a table of what has to hold")) return {};
  reading.check_keys(expect.value, expect_keys);
  if (expect.value.members.empty()) {
    reading.error(expect.span, "\"expect\" states nothing", "write expect.status = 200, or leave it out");
  }
  return ExpectReader(reading, context, expect_keys).read(expect.value);
}

std::optional<When> read_when(Reading& reading, const Member& member, Context& context) {
  if (!reading.expect_kind(entry(member, step_keys), Node::Kind::table, "a table of what has to hold")) {
    return std::nullopt;
  }
  const std::size_t before = reading.errors();
  reading.check_keys(member.value, when_keys);
  if (member.value.members.empty()) {
    reading.error(member.span, "\"when\" states nothing", "write " + std::string(step_keys.find("when")->example));
  }
  When when;
  when.place = reading.place(span_of(member));
  when.source_line = reading.source_line(span_of(member));
  when.expect = ExpectReader(reading, context, when_keys).read(member.value);
  if (const Member* target = member.value.find("target")) {
    when.target = reading.filled_text(entry(*target, when_keys), context);
    if (when.target && when.target->is_literal()) check_target(reading, target->value, context.reach);
  }
  if (reading.errors() > before) return std::nullopt;
  return when;
}

} // namespace murphy::scenario
