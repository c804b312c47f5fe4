// A page read from an HTTP response. The HTML is parsed when someone looks, and only once.
#pragma once

#include "drive/driver.h"
#include "web/forms/form.h"
#include "web/forms/naming_match.h"
#include "web/forms/shown_errors.h"
#include "web/html/document.h"
#include "web/http/message.h"
#include "web/policy/page_policy.h"

#include <functional>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace murphy::drive {

// The origins of an app: that of its target, and further ones that belong to it.
struct AppOrigins {
  std::string target;
  std::vector<std::string> further;
};

// The path of an address where its origin is one of the app's, else all of it but query and fragment.
std::string path_in_app(const web::Url& address, const AppOrigins& app);

class HttpPage;

// A frame of a page, and the document that it shows.
struct Frame {
  web::Element element;
  std::string name;                     // by which links and forms choose it; may be empty
  std::string label;                    // for people: its name or address, or both
  std::shared_ptr<const HttpPage> page; // null: it shows nothing
  std::string refusal;                  // why a browser shows nothing in it; empty where there is no reason
};

// Where a document is in a page: the place of each frame among those of its own document, from the window inwards.
// Empty: the window's own document.
using FramePath = std::vector<std::size_t>;

class HttpPage final : public Page, public std::enable_shared_from_this<HttpPage> {
public:
  // `address` is the one that answered, with the fragment it was asked for.
  HttpPage(web::Url address, web::Response response, std::shared_ptr<const AppOrigins> app);
  // What a person sees behind an answer that has no page: the one that was open, with the status and headers of the
  // answer.
  HttpPage(const HttpPage& kept, const web::Response& response);
  // What a person sees when a document comes into a frame: the page with it, with its status and headers.
  HttpPage(const HttpPage& around, std::span<const std::size_t> path, const std::shared_ptr<const HttpPage>& document);
  // The same page with nothing read of it, and no frames.
  struct Unread {};
  HttpPage(const HttpPage& read, Unread);

  // Before anyone looks: the sandbox of a frame around the page; the policy of the page that holds it in its source
  // (srcdoc); and what it shows in its own frames.
  void put_in_sandbox(std::string_view words) { sandboxes_.emplace_back(words); }
  void inherit(std::shared_ptr<const web::PagePolicy> policy) { inherited_ = std::move(policy); }
  void show_in_frames(std::vector<Frame> frames) { frames_ = std::move(frames); }
  const std::vector<Frame>& frames() const { return frames_; }
  // The headers that the document itself came with, whatever one of its frames was answered.
  const std::vector<record::Header>& own_headers() const { return source_->headers; }
  // The frame at a place, which is not the window's own.
  const Frame& frame_at(std::span<const std::size_t> path) const;
  // The document at a place; and the first one, the outermost first, for which `has` holds.
  const HttpPage& document_at(std::span<const std::size_t> path) const;
  std::optional<FramePath> find(const std::function<bool(const HttpPage&)>& has) const;
  // The same of what goes by words: one that they are the whole name of, in whichever document, comes before one that
  // they are a part of.
  using HasByWords = std::function<bool(const HttpPage&, web::Precision)>;
  std::optional<FramePath> find_by_words(const HasByWords& has) const;
  // For a message that something was not found: the forms of the frames, and why a frame shows nothing. Empty without
  // frames.
  std::string frames_hint() const;

  const std::string& url() const override { return source_->href; }
  std::string path() const override { return path_in_app(source_->address, *source_->app); }
  std::string shown_path() const override { return path_in_app(source_->address, {source_->app->target, {}}); }
  int status() const override { return status_; }
  const std::vector<record::Header>& headers() const override { return *headers_; }
  const SharedText& body() const override { return source_->body; }
  Result<void> readable() const override;
  bool is_html() const override { return source_->html; }
  bool is_made_by_scripts() const override;
  std::string title() const override;
  std::string text() const override;
  std::vector<std::string> lines() const override;
  Result<std::vector<Element>> select(std::string_view css) const override;
  std::vector<record::ShownError> errors(std::string_view also = {}) const override;
  std::vector<record::ShownError> errors_at(std::string_view field, std::string_view also) const override;
  std::expected<void, record::Failure> has_form(std::string_view words) const override;
  std::expected<void, record::Failure> has_field(std::string_view words) const override;
  std::vector<std::string> leads_to() const override;
  std::vector<std::string> attribute_words() const override;
  Result<FormSeen> form(std::string_view words, const std::vector<std::string>& fields) const override;
  record::PageSeen seen(std::string_view also = {}, PageParts parts = PageParts::all) const override;
  std::shared_ptr<const Page> unread() const override;

  const web::Url& address() const { return source_->address; }
  // Errors: target, when the page exceeds the parser's bounds, or is not HTML.
  Result<std::shared_ptr<const web::Document>> document() const;
  // Empty for a page that has no document.
  const web::Forms& forms() const;
  // What the page forbids itself, in its headers and its head.
  std::shared_ptr<const web::PagePolicy> policy() const;
  // False where the page can neither go on by itself nor have frames, as its source shows without being read.
  bool may_go_on() const;
  // Where its document or its Refresh header takes a person who just waits.
  std::optional<web::Url> refreshed_to() const;

private:
  // What a document was answered with.
  struct Source {
    web::Url address;
    std::shared_ptr<const AppOrigins> app;
    std::string href;
    std::vector<record::Header> headers;
    SharedText body;                // UTF-8
    std::string encoding = "UTF-8"; // of the page, in which its forms are sent
    bool html = false;
    web::Syntax syntax = web::Syntax::html;
  };
  // What is read of it, when someone looks.
  struct Reading {
    std::once_flag parsed;
    Result<std::shared_ptr<const web::Document>> document = std::unexpected(Error{});
    web::Forms forms;
    std::shared_ptr<const web::PagePolicy> policy;
  };
  static std::shared_ptr<const Source> source_of(web::Url address, web::Response response,
                                                 std::shared_ptr<const AppOrigins> app);
  const Reading& read() const;                                     // parses, once
  std::vector<web::ShownError> shown(std::string_view also) const; // with the elements that a selector picks

  std::shared_ptr<const Source> source_;
  std::shared_ptr<Reading> reading_ = std::make_shared<Reading>();
  int status_ = 0;
  std::shared_ptr<const std::vector<record::Header>> headers_; // of the last answer
  std::vector<std::string> sandboxes_;
  std::shared_ptr<const web::PagePolicy> inherited_;
  std::vector<Frame> frames_;
};

// The error with more behind its hint; `more` may be empty.
Error with_hint(Error error, const std::string& more);

// What it is that no form goes by these words.
record::FailureCode missing_form_code(const web::Forms& forms, std::string_view words);

} // namespace murphy::drive
