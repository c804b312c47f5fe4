#include "drive/http_page.h"

#include "base/make_error.h"
#include "base/text.h"
#include "drive/form_seen.h"
#include "drive/page_forms.h"
#include "web/forms/naming.h"
#include "web/forms/shown_errors.h"
#include "web/html/content_type.h"
#include "web/html/outline.h"
#include "web/html/rendered_text.h"
#include "web/html/xml_tree.h"
#include "web/load_time/load_time.h"
#include "web/selector/selector.h"
#include "web/text/charset.h"

#include <algorithm>
#include <fmt/format.h>
#include <iterator>
#include <set>

namespace murphy::drive {
namespace {

std::string content_type(const std::vector<record::Header>& headers) {
  std::vector<std::string> values;
  for (const std::string* value : record::find_headers(headers, "Content-Type")) values.push_back(*value);
  return web::extract_mime_type(values);
}

// An XML page without a charset in its header says its own.
std::string encoding_of(std::string_view body, const std::string& type, bool html, web::Syntax syntax) {
  if (syntax == web::Syntax::xml && !type.contains("charset="))
    if (auto declared = web::xml_encoding(body)) return std::move(*declared);
  const bool is_html = html && syntax == web::Syntax::html;
  return web::sniff_encoding(body, type, is_html ? web::BodySyntax::html : web::BodySyntax::other);
}

std::unexpected<record::Failure> missing(record::FailureCode code, std::string_view words, const Error& error) {
  record::Failure failure;
  failure.code = code;
  failure.subject = words;
  failure.reason = {error.what, error.hint};
  return std::unexpected(std::move(failure));
}

// Which attribute of an element says where it leads a person; empty: none.
std::string_view address_attribute(web::Element element) {
  if (element.is("a") || element.is("area")) return "href";
  if (element.is("form")) return "action";
  return element.is("button") || element.is("input") ? "formaction" : "";
}

// Whether people see what a frame shows: neither it nor what it is in is hidden.
bool is_seen(web::Element frame) {
  std::string style = ascii_lower(frame.attribute_or_empty("style"));
  std::erase(style, ' ');
  return !frame.has("hidden") && !style.contains("display:none") && !style.contains("visibility:hidden") &&
         (frame.is("frame") || !web::is_hidden(frame.parent()));
}

// So many bytes are kept of a page's text.
constexpr std::size_t longest_text = 16384;

} // namespace

Error with_hint(Error error, const std::string& more) {
  if (!more.empty()) error.hint += (error.hint.empty() ? "" : "\n") + more;
  return error;
}

record::FailureCode missing_form_code(const web::Forms& forms, std::string_view words) {
  return web::names_loose_button(forms, words) ? record::FailureCode::button_without_form
                                               : record::FailureCode::missing_form;
}

std::string path_in_app(const web::Url& address, const AppOrigins& app) {
  const std::string origin = address.origin();
  const bool is_of_app = origin == app.target || std::ranges::find(app.further, origin) != app.further.end();
  return is_of_app ? address.path() : origin + address.path();
}

std::shared_ptr<const HttpPage::Source> HttpPage::source_of(web::Url address, web::Response response,
                                                            std::shared_ptr<const AppOrigins> app) {
  auto source = std::make_shared<Source>();
  source->href = address.href();
  source->address = std::move(address);
  source->app = std::move(app);
  const std::string type = content_type(response.headers);
  source->headers = std::move(response.headers);
  const std::string kind = web::media_type(type);
  source->html = web::is_html(type, response.body);
  const bool textual = source->html || kind.empty() || kind.starts_with("text/") || kind.contains("json") ||
                       kind.contains("xml") || kind.contains("javascript");
  if (web::is_xhtml(type, response.body)) source->syntax = web::Syntax::xml;
  if (textual) source->encoding = encoding_of(response.body, type, source->html, source->syntax);
  source->body = textual ? web::decode(response.body, source->encoding) : repair_utf8(response.body);
  return source;
}

HttpPage::HttpPage(web::Url address, web::Response response, std::shared_ptr<const AppOrigins> app)
    : status_(response.status) {
  source_ = source_of(std::move(address), std::move(response), std::move(app));
  headers_ = {source_, &source_->headers};
}

HttpPage::HttpPage(const HttpPage& kept, const web::Response& response)
    : source_(kept.source_), reading_(kept.reading_), status_(response.status),
      headers_(std::make_shared<const std::vector<record::Header>>(response.headers)), sandboxes_(kept.sandboxes_),
      inherited_(kept.inherited_), frames_(kept.frames_) {}

HttpPage::HttpPage(const HttpPage& around, std::span<const std::size_t> path,
                   const std::shared_ptr<const HttpPage>& document)
    : source_(around.source_), reading_(around.reading_), status_(document->status_), headers_(document->headers_),
      sandboxes_(around.sandboxes_), inherited_(around.inherited_), frames_(around.frames_) {
  Frame& frame = frames_[path.front()];
  frame.page = path.size() == 1 ? document : std::make_shared<HttpPage>(*frame.page, path.subspan(1), document);
  frame.refusal.clear();
}

HttpPage::HttpPage(const HttpPage& read, Unread)
    : source_(read.source_), status_(read.status_), headers_(read.headers_), sandboxes_(read.sandboxes_),
      inherited_(read.inherited_) {}

// Its frames are elements of what was read.
std::shared_ptr<const Page> HttpPage::unread() const {
  return frames_.empty() ? std::make_shared<HttpPage>(*this, Unread{}) : shared_from_this();
}

const Frame& HttpPage::frame_at(std::span<const std::size_t> path) const {
  return document_at(path.first(path.size() - 1)).frames_[path.back()];
}

const HttpPage& HttpPage::document_at(std::span<const std::size_t> path) const {
  return path.empty() ? *this : frames_[path.front()].page->document_at(path.subspan(1));
}

std::optional<FramePath> HttpPage::find(const std::function<bool(const HttpPage&)>& has) const {
  if (has(*this)) return FramePath();
  for (std::size_t i = 0; i < frames_.size(); ++i) {
    auto inside = frames_[i].page ? frames_[i].page->find(has) : std::nullopt;
    if (!inside) continue;
    inside->insert(inside->begin(), i);
    return inside;
  }
  return std::nullopt;
}

std::optional<FramePath> HttpPage::find_by_words(const HasByWords& has) const {
  auto place = find([&](const HttpPage& each) { return has(each, web::Precision::whole); });
  return place ? place : find([&](const HttpPage& each) { return has(each, web::Precision::any); });
}

std::string HttpPage::frames_hint() const {
  std::vector<std::string> lines;
  for (const Frame& frame : frames_) {
    if (!frame.refusal.empty()) lines.push_back(fmt::format("the frame {} is empty: {}", frame.label, frame.refusal));
    if (!frame.page) continue;
    const auto forms = web::describe_forms(frame.page->forms());
    lines.push_back(forms.empty() ? fmt::format("the frame {} has no forms", frame.label)
                                  : fmt::format("the forms of the frame {} are:", frame.label));
    for (const std::string& form : forms) lines.push_back("  " + form);
    if (std::string inside = frame.page->frames_hint(); !inside.empty()) lines.push_back(std::move(inside));
  }
  return join(lines, "\n");
}

const HttpPage::Reading& HttpPage::read() const {
  std::call_once(reading_->parsed, [&source = *source_, &reading = *reading_, this] {
    const auto policy = inherited_ ? std::make_shared<web::PagePolicy>(*inherited_)
                                   : std::make_shared<web::PagePolicy>(source.address, source.headers);
    for (const std::string& words : sandboxes_) policy->put_in_sandbox(words);
    reading.policy = policy;
    if (!source.html) {
      const std::string type = content_type(source.headers);
      reading.document = std::unexpected(target_error(
          fmt::format("{} is not an HTML page but {}", source.href, type.empty() ? "of no stated type" : type)));
      return;
    }
    reading.document = web::Document::parse(source.body, source.address, source.encoding, source.syntax);
    if (!reading.document) return;
    reading.forms = web::read_forms(**reading.document);
    for (const web::Element& meta : (*reading.document)->policies())
      policy->add_meta(meta.attribute_or_empty("content"), meta.index());
  });
  return *reading_;
}

Result<std::shared_ptr<const web::Document>> HttpPage::document() const { return read().document; }

const web::Forms& HttpPage::forms() const { return read().forms; }

std::shared_ptr<const web::PagePolicy> HttpPage::policy() const { return read().policy; }

bool HttpPage::may_go_on() const {
  const Source& source = *source_;
  return source.syntax == web::Syntax::xml || record::find_header(source.headers, "Refresh") != nullptr ||
         (source.html && web::may_act_at_load(source.body));
}

std::optional<web::Url> HttpPage::refreshed_to() const {
  const Reading& reading = read();
  const web::Url& address = source_->address;
  std::string said;
  for (const std::string* value : record::find_headers(source_->headers, "Refresh"))
    said += said.empty() ? *value : ", " + *value;
  const auto header = web::parse_refresh(said);
  // A sandboxed page that runs no scripts does nothing by itself.
  const bool is_still = reading.policy->sandboxes(web::SandboxFlag::scripts).has_value() ||
                        reading.policy->is_framed_without(web::SandboxFlag::scripts);
  const auto meta = reading.document && !is_still ? (*reading.document)->refresh() : std::nullopt;
  // Of two that are as soon, browsers take the later one; the document begins behind its headers, with its own base.
  if (meta && (!header || meta->delay <= header->delay))
    return web::refreshed_to(*meta, address, (*reading.document)->base());
  return header ? web::refreshed_to(*header, address, address) : std::nullopt;
}

Result<void> HttpPage::readable() const {
  if (!is_html()) return {};
  const auto& document = read().document;
  if (!document) return std::unexpected(document.error());
  return {};
}

bool HttpPage::is_made_by_scripts() const { return drive::is_made_by_scripts(*this); }

std::string HttpPage::title() const {
  const auto& document = read().document;
  return document ? (*document)->title() : std::string();
}

std::string HttpPage::text() const {
  if (!is_html()) return collapse_white_space(body());
  const auto& document = read().document;
  if (!document) return {};
  std::string text = collapse_white_space(web::rendered_text(**document));
  for (const Frame& frame : frames_) {
    if (!frame.page || !is_seen(frame.element)) continue;
    const std::string inside = frame.page->text();
    if (!inside.empty()) text += text.empty() ? inside : " " + inside;
  }
  return text;
}

std::vector<std::string> HttpPage::lines() const {
  const auto& document = read().document;
  const std::string whole = is_html() ? document ? web::rendered_text(**document) : std::string() : body().str();
  std::vector<std::string> lines;
  for (const std::string_view line : split(whole, '\n'))
    if (std::string words = collapse_white_space(line); !words.empty()) lines.push_back(std::move(words));
  for (const Frame& frame : frames_) {
    if (!frame.page || !is_seen(frame.element)) continue;
    std::vector<std::string> inside = frame.page->lines();
    std::ranges::move(inside, std::back_inserter(lines));
  }
  return lines;
}

Result<std::vector<Element>> HttpPage::select(std::string_view css) const {
  const auto selector = web::Selector::parse(css);
  if (!selector) return std::unexpected(selector.error());
  if (!is_html()) return std::vector<Element>{};
  const auto& document = read().document;
  if (!document) return std::unexpected(document.error());
  std::vector<Element> elements;
  for (const web::Element& found : selector->select(**document)) {
    Element element;
    element.text = web::rendered_words(found);
    for (const web::Attribute& attribute : found.attributes())
      element.attributes.emplace(attribute.name, attribute.value);
    elements.push_back(std::move(element));
  }
  for (const Frame& frame : frames_) {
    if (!frame.page) continue;
    auto inside = frame.page->select(css);
    if (!inside) return inside;
    std::ranges::move(*inside, std::back_inserter(elements));
  }
  return elements;
}

std::vector<web::ShownError> HttpPage::shown(std::string_view also) const {
  const Reading& reading = read();
  if (!reading.document) return {};
  const auto selector = also.empty() ? std::nullopt : std::optional(web::Selector::parse(also));
  return web::shown_errors(**reading.document, reading.forms, selector && *selector ? &**selector : nullptr);
}

std::vector<record::ShownError> HttpPage::errors(std::string_view also) const {
  std::vector<record::ShownError> errors;
  for (web::ShownError& error : shown(also)) errors.push_back({std::move(error.labels), std::move(error.words)});
  for (const Frame& frame : frames_)
    if (frame.page) std::ranges::move(frame.page->errors(also), std::back_inserter(errors));
  return errors;
}

std::vector<record::ShownError> HttpPage::errors_at(std::string_view field, std::string_view also) const {
  std::vector<record::ShownError> errors;
  for (web::ShownError& error : shown(also))
    if (error.field != nullptr && web::is_called(forms(), *error.field, field))
      errors.push_back({std::move(error.labels), std::move(error.words)});
  for (const Frame& frame : frames_)
    if (frame.page) std::ranges::move(frame.page->errors_at(field, also), std::back_inserter(errors));
  return errors;
}

std::expected<void, record::Failure> HttpPage::has_form(std::string_view words) const {
  const Reading& reading = read();
  const record::FailureCode code = missing_form_code(reading.forms, words);
  if (!reading.document) return missing(code, words, reading.document.error());
  const auto found = web::find_submit(reading.forms, words);
  if (found || find([&](const HttpPage& each) { return web::find_submit(each.forms(), words).has_value(); })) return {};
  return missing(code, words, with_hint(found.error(), frames_hint()));
}

std::expected<void, record::Failure> HttpPage::has_field(std::string_view words) const {
  const Reading& reading = read();
  constexpr auto code = record::FailureCode::missing_field;
  if (!reading.document) return missing(code, words, reading.document.error());
  const auto found = web::check_has_field(reading.forms, words);
  if (found || find([&](const HttpPage& each) { return web::check_has_field(each.forms(), words).has_value(); }))
    return {};
  return missing(code, words, with_hint(found.error(), frames_hint()));
}

std::vector<std::string> HttpPage::leads_to() const {
  std::set<std::string> paths;
  if (const auto& document = read().document)
    for (web::Element element = (*document)->root(); element; element = element.next()) {
      const std::string_view attribute = address_attribute(element);
      if (attribute.empty() || !element.has(attribute)) continue;
      const auto url = (*document)->resolve(trim(element.attribute_or_empty(attribute)));
      std::string led_to = url ? path_in_app(*url, *source_->app) : std::string();
      if (led_to.starts_with('/') && led_to != path()) paths.insert(std::move(led_to));
    }
  for (const Frame& frame : frames_)
    if (frame.page)
      for (std::string& inside : frame.page->leads_to()) paths.insert(std::move(inside));
  return {paths.begin(), paths.end()};
}

std::vector<std::string> HttpPage::attribute_words() const {
  std::set<std::string> words;
  if (const auto& document = read().document)
    for (web::Element element = (*document)->root(); element; element = element.next())
      for (const web::Attribute& attribute : element.attributes()) {
        words.emplace(attribute.name);
        const std::string line = collapse_white_space(attribute.value);
        for (const std::string_view word : split(line, ' '))
          if (!word.empty()) words.emplace(word);
      }
  for (const Frame& frame : frames_)
    if (frame.page) std::ranges::move(frame.page->attribute_words(), std::inserter(words, words.end()));
  return {words.begin(), words.end()};
}

Result<FormSeen> HttpPage::form(std::string_view words, const std::vector<std::string>& fields) const {
  const Reading& reading = read();
  if (!reading.document) return std::unexpected(reading.document.error());
  const auto place = find_by_words([&](const HttpPage& each, web::Precision precision) {
    return web::find_submit(each.forms(), words, fields, precision).has_value();
  });
  if (place && !place->empty()) return document_at(*place).form(words, fields);
  const auto found = web::find_submit(reading.forms, words, fields);
  if (!found) return std::unexpected(with_hint(found.error(), frames_hint()));
  return see_form(shared_from_this(), *found, fields);
}

record::PageSeen HttpPage::seen(std::string_view also, PageParts parts) const {
  const Reading& reading = read();
  record::PageSeen seen;
  seen.url = url();
  seen.status = status_;
  seen.title = title();
  seen.errors = errors(also);
  const bool has_words = parts == PageParts::all;
  if (has_words) seen.text = reading.document ? web::rendered_text(**reading.document) : body().str();
  if (reading.document) seen.forms = page_forms(reading.forms);
  for (const Frame& frame : frames_) {
    if (!frame.page) continue;
    record::PageSeen inside = frame.page->seen(also, parts);
    std::ranges::move(inside.forms, std::back_inserter(seen.forms));
    if (!inside.text.empty() && is_seen(frame.element)) seen.text += "\n" + inside.text;
  }
  seen.text.resize(utf8_prefix(seen.text, longest_text).size());
  if (reading.document && has_words) seen.outline = web::outline(**reading.document);
  return seen;
}

} // namespace murphy::drive
