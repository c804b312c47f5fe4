#include "init/markers.h"

#include "base/text.h"
#include "base/whole_word.h"
#include "init/technical_words.h"
#include "web/html/rendered_text.h"
#include "web/selector/selector.h"

#include <algorithm>
#include <fmt/format.h>
#include <set>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::init {
namespace {

constexpr std::size_t most = 10;
constexpr std::size_t most_tried = 2000;     // each is looked for on every page
constexpr std::size_t longest_greeting = 80; // bytes; what says more is more than a greeting
constexpr std::size_t longest_plain = 24;    // what is longer was made by a machine

bool is_of_user(std::string_view name) {
  return has_any(name, {"user", "account", "profile", "member", "avatar", "customer"});
}

bool is_news(std::string_view name) {
  return has_any(name, {"alert", "flash", "notice", "toast", "message", "error", "csrf", "token"});
}

// Whether it may be written in a selector as it stands, and is not the name of one thing among many.
bool is_plain(std::string_view name) {
  return !name.empty() && name.size() <= longest_plain && is_letter(name.front()) && !is_news(name) &&
         std::ranges::all_of(name, [](char c) { return is_letter(c) || c == '-' || c == '_'; });
}

enum class Names { something, perhaps, nothing };

// What the classes of an element name: nothing where they say how it looks ("md:flex", "mt-[3rem]", "col-6 mb-2"). One
// size may be one ("flex gap-4") or a number ("panel plot-2").
Names names_of(const std::vector<std::string_view>& classes) {
  const auto ends_in_size = [](std::string_view each) {
    const std::size_t dash = each.rfind('-');
    return dash != std::string_view::npos && dash + 1 < each.size() &&
           std::ranges::all_of(each.substr(dash + 1), is_digit);
  };
  if (std::ranges::any_of(classes,
                          [](std::string_view each) { return each.find_first_of(":[/") != std::string_view::npos; }))
    return Names::nothing;
  const auto sizes = std::ranges::count_if(classes, ends_in_size);
  return sizes == 0 ? Names::something : sizes == 1 ? Names::perhaps : Names::nothing;
}

// Whether an address stays the same from session to session, as far as it shows.
bool is_lasting(std::string_view address) {
  return address.starts_with('/') && address.find_first_of("\"\\?#") == std::string_view::npos &&
         std::ranges::none_of(address, is_digit) && !address.contains("${");
}

// How good a marker is; the higher, the better.
namespace rank {
constexpr int data_of_user = 9, way_out = 8, id_of_user = 7, class_of_user = 6, data = 5, id = 4, plain_class = 2,
              link = 1, heading = 0, class_of_looks = -1;
constexpr int shows_user = 5, proven_way_out = 2;
} // namespace rank

struct Candidate {
  int score = 0;
  std::string css;
};

class Candidates {
public:
  explicit Candidates(const MarkerPages& pages) : way_out_(pages.way_out) {
    if (!pages.user.empty()) names_.push_back(fold_case(pages.user));
    if (const std::size_t at = pages.user.find('@'); at != std::string::npos && at >= 3)
      names_.push_back(fold_case(std::string_view(pages.user).substr(0, at)));
  }

  void add(web::Element element) {
    if (element.is("html") || element.is("head") || element.is("meta") || element.is("script") || element.is("input"))
      return;
    const int greets = shows_user(element) ? rank::shows_user : 0;
    for (const web::Attribute& attribute : element.attributes()) {
      const std::string_view name = attribute.name;
      if (!name.starts_with("data-") || !is_plain(name)) continue;
      put(greets + (is_of_user(name) ? rank::data_of_user : rank::data), fmt::format("[{}]", name));
    }
    add_addresses(element);
    const std::string list = collapse_white_space(element.attribute_or_empty("class"));
    const std::vector<std::string_view> classes = split(list, ' ');
    const Names names = names_of(classes);
    for (const std::string_view each : classes) {
      if (!is_plain(each) || names == Names::nothing) continue;
      const std::string css = fmt::format(".{}", each);
      if (is_of_user(each))
        put(greets + rank::class_of_user, css);
      else if (names == Names::something)
        put(greets + rank::plain_class, css);
      else
        put(rank::class_of_looks, css);
    }
    if (const std::string_view id = element.attribute_or_empty("id"); is_plain(id))
      put(greets + (is_of_user(id) ? rank::id_of_user : rank::id), fmt::format("#{}", id));
    if (element.is("h1") || element.is("h2")) add_heading(element);
  }

  std::vector<Candidate> best_first() && {
    std::ranges::stable_sort(all_, std::ranges::greater{}, &Candidate::score);
    return std::move(all_);
  }

private:
  void put(int score, std::string css) { all_.push_back({score, std::move(css)}); }

  bool shows_user(web::Element element) const {
    if (names_.empty()) return false;
    const std::string words = fold_case(web::rendered_words(element));
    return words.size() <= longest_greeting && std::ranges::any_of(names_, [&](const std::string& name) {
             return has_whole_word(words, name, [](char c) { return is_alphanumeric(c); });
           });
  }

  void add_addresses(web::Element element) {
    const bool is_way_out = way_out_ && element == way_out_;
    for (const auto& [tag, key] : {std::pair("form", "action"), std::pair("a", "href")}) {
      const std::string_view address = element.attribute_or_empty(key);
      if (!element.is(tag) || !is_lasting(address)) continue;
      const std::string css = fmt::format("{}[{}=\"{}\"]", tag, key, address);
      if (leads_out(address) || is_way_out)
        put(rank::way_out + (is_way_out ? rank::proven_way_out : 0), css);
      else if (element.is("a"))
        put(rank::link, css);
    }
  }

  void add_heading(web::Element element) {
    const std::string words = web::rendered_words(element);
    const bool is_said = !words.empty() && words.size() <= longest_greeting && !shows_user(element) &&
                         words.find_first_of("\"\\0123456789") == std::string::npos && !words.contains("${");
    if (is_said) put(rank::heading, fmt::format("{}:has-text(\"{}\")", element.tag(), words));
  }

  std::vector<std::string> names_; // of the user, folded
  web::Element way_out_;
  std::vector<Candidate> all_;
};

bool is_on(const web::Selector& selector, const web::Document& document) { return !selector.select(document).empty(); }

} // namespace

std::vector<std::string> markers(const MarkerPages& pages) {
  Candidates candidates(pages);
  for (web::Element element = pages.of_member.front()->root(); element;
       element = web::hides_itself(element) ? element.next_skipping() : element.next())
    if (!web::hides_itself(element)) candidates.add(element);
  std::vector<std::string> found;
  std::set<std::string> tried;
  for (const Candidate& each : std::move(candidates).best_first()) {
    if (found.size() == most || tried.size() == most_tried) break;
    if (!tried.insert(each.css).second) continue;
    const auto selector = web::Selector::parse(each.css);
    if (!selector) continue;
    const auto has = [&](const web::Document* document) { return is_on(*selector, *document); };
    if (std::ranges::all_of(pages.of_member, has) && std::ranges::none_of(pages.of_strangers, has))
      found.push_back(each.css);
  }
  return found;
}

} // namespace murphy::init
