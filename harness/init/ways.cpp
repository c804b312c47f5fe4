#include "init/ways.h"

#include "base/percent.h"
#include "base/text.h"
#include "init/control_names.h"
#include "init/technical_words.h"
#include "init/words.h"
#include "web/html/rendered_text.h"
#include "web/url/public_suffix.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>

namespace murphy::init {
namespace {

constexpr std::size_t most_ways = 3;

int score_of(Says said, int whole, int part) { return said == Says::wholly ? whole : said == Says::in_part ? part : 0; }

// What a person reads or hears of a link.
std::string words_of(web::Element link) {
  std::string words = web::rendered_words(link);
  for (const char* attribute : {"aria-label", "title"})
    if (words.empty()) words = collapse_white_space(link.attribute_or_empty(attribute));
  return words;
}

std::string_view address_of(web::Element link) { return trim(link.attribute_or_empty("href")); }

bool goes_nowhere(std::string_view href) {
  return href.empty() || href.starts_with('#') || ascii_lower(href).starts_with("javascript:");
}

bool is_in_navigation(web::Element element) {
  for (; element; element = element.parent())
    if (element.is("nav") || element.is("header")) return true;
  return false;
}

std::vector<web::Element> links_of(const web::Document& document) {
  std::vector<web::Element> links;
  for (web::Element element = document.root(); element; element = element.next())
    if (element.is("a") && element.has("href")) links.push_back(element);
  return links;
}

template <class Each> struct Scored {
  int score = 0;
  Each each;
};

template <class Each> void sort_best_first(std::vector<Scored<Each>>& all) {
  std::ranges::stable_sort(all, std::ranges::greater{}, &Scored<Each>::score);
}

// Whether a part of the path says it in the language of the app: "/abmelden", "/konto/se-d%C3%A9connecter".
bool says_way_out(std::string_view address) {
  address = address.substr(0, address.find_first_of("?# "));
  return std::ranges::any_of(split(address, '/'), [](std::string_view part) {
    std::string words = percent_decode(part);
    std::ranges::replace_if(words, [](char c) { return c == '-' || c == '_'; }, ' ');
    return says(Role::sign_out, words) == Says::wholly;
  });
}

// `technical` begins with the address.
int score_of_way_out(std::string_view words, std::string_view technical, web::Element element) {
  int score = score_of(says(Role::sign_out, words), 8, 4);
  if (leads_out(technical) || says_way_out(technical)) score += 4;
  if (score > 0 && is_in_navigation(element)) score += 1;
  return score;
}

} // namespace

std::vector<web::Link> links_to_sign_in(const web::Document& document) {
  std::vector<Scored<web::Link>> all;
  for (const web::Element link : links_of(document)) {
    const auto target = document.resolve(address_of(link));
    if (goes_nowhere(address_of(link)) || !target || !web::same_site(*target, document.address())) continue;
    int score = score_of(says(Role::sign_in, words_of(link)), 8, 4);
    if (leads_in(target->request_target())) score += 4;
    if (says(Role::sign_up, words_of(link)) == Says::wholly || says(Role::forgot, words_of(link)) == Says::wholly)
      score -= 8;
    if (score > 0) all.push_back({score, {link, std::string(address_of(link))}});
  }
  sort_best_first(all);
  std::vector<web::Link> links;
  for (auto& [score, link] : all) links.push_back(std::move(link));
  return links;
}

std::vector<WayOut> ways_out(const web::Document& document, const web::Forms& forms,
                             const web::Document& sign_in_page) {
  std::set<std::string, std::less<>> of_visitors;
  for (const web::Element link : links_of(sign_in_page)) of_visitors.emplace(address_of(link));
  std::vector<Scored<WayOut>> all;
  for (const web::Element link : links_of(document)) {
    const std::string_view href = address_of(link);
    if (of_visitors.contains(href)) continue;
    const std::string technical = std::string(href) + " " + std::string(link.attribute_or_empty("id")) + " " +
                                  std::string(link.attribute_or_empty("class"));
    int score = score_of_way_out(words_of(link), technical, link);
    if (score > 0 && goes_nowhere(href)) score -= 9;
    if (score > 0) all.push_back({score, {web::Link{link, std::string(href)}, name_of_link(forms, document, link)}});
  }
  for (const web::Control& control : forms.controls) {
    if (!control.is_submit() || !control.form || control.disabled) continue;
    const web::Form& form = forms.forms[*control.form];
    const std::string technical = std::string(form.element.attribute_or_empty("action")) + " " + form.id + " " +
                                  form.name + " " + control.id + " " + control.name + " " + control.value;
    const int score = score_of_way_out(control.words(), technical, control.element);
    const web::SubmitTarget submit{&form, &control};
    if (score > 0) all.push_back({score + 1, {submit, name_of_submit(forms, submit, {})}});
  }
  std::erase_if(all, [](const auto& scored) { return scored.each.words.empty(); });
  sort_best_first(all);
  std::vector<WayOut> ways;
  for (auto& [score, way] : all) {
    const bool is_known = std::ranges::any_of(
        ways, [&](const WayOut& other) { return other.words == way.words && other.by.index() == way.by.index(); });
    if (!is_known && ways.size() < most_ways) ways.push_back(std::move(way));
  }
  return ways;
}

web::Element element_of(const WayOut& way) {
  if (const auto* link = std::get_if<web::Link>(&way.by)) return link->element;
  return std::get<web::SubmitTarget>(way.by).form->element;
}

std::vector<std::string> pages_of_member(const web::Document& of_member, const web::Document& of_stranger) {
  std::set<std::string, std::less<>> known;
  for (const web::Element link : links_of(of_stranger)) known.emplace(address_of(link));
  std::vector<std::string> pages;
  for (const web::Element link : links_of(of_member)) {
    const std::string_view href = address_of(link);
    const auto target = of_member.resolve(href);
    if (goes_nowhere(href) || known.contains(href) || !target || !web::same_origin(*target, of_member.address()))
      continue;
    const bool acts = link.has("data-method") || link.has("data-turbo-method") || link.has("onclick") ||
                      link.has("download") || target->query() ||
                      has_any(href, {"delete", "remove", "destroy", "add", "new", "create", "toggle", "export"}) ||
                      leads_out(href) || says(Role::sign_out, words_of(link)) != Says::nothing;
    if (!acts && !contains(pages, target->path())) pages.push_back(target->path());
  }
  return pages;
}

} // namespace murphy::init
