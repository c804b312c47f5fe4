#include "web/http/response_parser.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/http/decode.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <fmt/format.h>

namespace murphy::web {
namespace {

namespace http = boost::beast::http;
using boost::beast::string_view;
using boost::system::error_code;

constexpr int max_interim_responses = 32;
constexpr std::string_view protocol = "HTTP/";
constexpr std::string_view grows = "an endless answer is a fault of the app, or an attack";
constexpr std::string_view breaks_off =
    "see the app's console; a crash during the answer causes this, and so does a proxy timeout";

// One message. What goes wrong in a callback is kept in `failure`; Beast only carries that something did.
class Message final : public http::basic_parser<false> {
public:
  Message(ResponseParser::Body body, std::size_t max_body_bytes) : max_body_bytes_(max_body_bytes) {
    skip(body == ResponseParser::Body::none);
    eager(true);
    body_limit(boost::none);
    header_limit(UINT32_MAX); // the caller counts: Beast counts each piece anew
  }

  Response response;
  std::size_t body_bytes = 0;
  bool chunked_body = false;
  std::optional<Error> failure;
  std::optional<BodyDecoder> decoder; // from the first byte of a body on

private:
  void on_request_impl(http::verb, string_view, string_view, int, error_code&) override {}

  void on_response_impl(int code, string_view reason, int, error_code&) override {
    response.status = code;
    response.reason = std::string(trim({reason.data(), reason.size()}));
  }

  void on_field_impl(http::field, string_view name, string_view value, error_code&) override {
    if (!is_header_done()) response.headers.push_back({std::string(name), std::string(value)}); // else a trailer
  }

  void on_header_impl(error_code& ec) override {
    chunked_body = chunked();
    const auto length = content_length();
    if (is_done() || !length || *length <= max_body_bytes_) return;
    fail({.kind = ErrorKind::target,
          .what = fmt::format("the body of the answer is {} bytes long, more than the limit of {}", *length,
                              max_body_bytes_),
          .hint = "no page is this large: does the app send the right file?",
          .place = {},
          .source_line = {}},
         ec);
  }

  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(string_view piece, error_code& ec) override { return take_body(piece, ec); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, error_code& ec) override {
    return take_body(piece, ec);
  }
  void on_finish_impl(error_code&) override {}

  std::size_t take_body(string_view piece, error_code& ec) {
    body_bytes += piece.size();
    if (!decoder) {
      std::vector<std::string> encodings;
      for (const record::Header& header : response.headers)
        if (equal_ignoring_ascii_case(header.name, "Content-Encoding")) encodings.push_back(header.value);
      Result<BodyDecoder> made = BodyDecoder::make(encodings, max_body_bytes_);
      if (!made) return fail(std::move(made.error()), ec);
      decoder = *std::move(made);
    }
    if (body_bytes > max_body_bytes_) {
      // A body whose encoding gives little or nothing may be endless, too.
      return fail({.kind = ErrorKind::target,
                   .what = fmt::format("the body of the answer is larger than the limit of {} bytes", max_body_bytes_),
                   .hint = std::string(grows),
                   .place = {},
                   .source_line = {}},
                  ec);
    }
    if (auto fed = decoder->feed({piece.data(), piece.size()}); !fed) return fail(std::move(fed.error()), ec);
    return piece.size();
  }

  std::size_t fail(Error error, error_code& ec) {
    failure = std::move(error);
    ec = http::error::bad_value;
    return 0;
  }

  std::size_t max_body_bytes_;
};

// The beginning of what came, fit to be shown.
std::string excerpt(std::string_view bytes) { return ellipsize(one_line(bytes.substr(0, 200)), 60); }

} // namespace

class ResponseParser::Impl {
public:
  Impl(Body body, std::size_t max_header_bytes, std::size_t max_body_bytes)
      : body_(body), max_header_bytes_(max_header_bytes), max_body_bytes_(max_body_bytes) {
    message_.emplace(body_, max_body_bytes_);
  }

  Result<void> feed(std::string_view bytes) {
    any_bytes_ = any_bytes_ || !bytes.empty();
    if (done()) {
      left_over_ = left_over_ || !bytes.empty();
      return {};
    }
    pending_ += bytes;
    if (auto recognised = recognise(); !recognised) return recognised;
    while (!pending_.empty() && !done()) {
      const bool in_header = !message_->is_header_done();
      error_code ec;
      const std::size_t used = message_->put({pending_.data(), pending_.size()}, ec);
      pending_.erase(0, used);
      if (message_->failure) return std::unexpected(*std::move(message_->failure));
      if (ec && ec != http::error::need_more) return malformed(ec);
      if (in_header) header_bytes_ += used;
      // Also a chunk's extensions and the trailer wait for their end.
      if (header_bytes_ + pending_.size() > max_header_bytes_ && ec == http::error::need_more)
        return std::unexpected(target_error(
            fmt::format("the header of the answer is larger than the limit of {} bytes", max_header_bytes_),
            std::string(grows)));
      if (message_->is_done() && message_->response.status < 200) {
        if (auto skipped = skip_interim(); !skipped) return skipped;
      } else if (ec == http::error::need_more) {
        break;
      }
    }
    left_over_ = done() && !pending_.empty();
    return {};
  }

  Result<void> end(std::string_view how) {
    if (!any_bytes_)
      return std::unexpected(target_error(fmt::format("the server {} without an answer", how),
                                          "see the app's console; a crash during the request causes this"));
    if (!message_->is_header_done())
      return std::unexpected(
          target_error(fmt::format("the server {} in the middle of the header of its answer, after {} bytes", how,
                                   header_bytes_ + pending_.size()),
                       std::string(breaks_off)));
    error_code ec;
    message_->put_eof(ec);
    if (!ec) return {};
    if (message_->chunked_body)
      return std::unexpected(target_error(
          fmt::format("the server {} in the middle of a chunked body, after {} bytes of it", how, message_->body_bytes),
          std::string(breaks_off)));
    return std::unexpected(target_error(fmt::format("the server {} after {} of the {} bytes of the body", how,
                                                    message_->body_bytes, message_->content_length().value_or(0)),
                                        std::string(breaks_off)));
  }

  bool any_bytes() const { return any_bytes_; }
  bool header_done() const { return message_->is_header_done(); }
  bool done() const { return message_->is_done(); }
  std::size_t body_bytes() const { return message_->body_bytes; }
  bool keep_alive() const { return message_->keep_alive() && !left_over_; }

  Result<Response> take() {
    if (message_->decoder) {
      Result<std::string> body = message_->decoder->finish();
      if (!body) return std::unexpected(body.error());
      message_->response.body = *std::move(body);
    }
    return std::move(message_->response);
  }

private:
  // Says at the first bytes that this is not HTTP, without waiting for a line's end that may never come.
  Result<void> recognise() {
    if (recognised_) return {};
    // A TLS record (RFC 8446, section 5.1): an alert or a handshake, version 3.x.
    if (pending_.size() >= 2 && (pending_[0] == 0x15 || pending_[0] == 0x16) && pending_[1] == 0x03)
      return std::unexpected(target_error("this port speaks TLS, not plain http", "use https://"));
    const std::size_t length = std::min(protocol.size(), pending_.size());
    if (std::string_view(pending_).substr(0, length) != protocol.substr(0, length)) {
      if (pending_.size() == 1 && (pending_[0] == 0x15 || pending_[0] == 0x16)) return {};
      return std::unexpected(target_error(fmt::format("the answer is not HTTP: it begins with “{}”", excerpt(pending_)),
                                          "another service may be listening on this port"));
    }
    recognised_ = length == protocol.size();
    return {};
  }

  // RFC 9110, section 15.2: interim responses come before the final one and are not for us.
  Result<void> skip_interim() {
    if (message_->response.status == 101)
      return std::unexpected(target_error("the answer is 101 (Switching Protocols), which Murphy did not request"));
    if (++interim_responses_ > max_interim_responses)
      return std::unexpected(
          target_error(fmt::format("more than {} interim responses came, and no final one", max_interim_responses)));
    message_.emplace(body_, max_body_bytes_);
    recognised_ = false;
    return recognise();
  }

  Result<void> malformed(const error_code& ec) const {
    const std::string_view where = message_->is_header_done() ? "body" : "header";
    return std::unexpected(
        target_error(fmt::format("the {} of the answer is malformed HTTP: {}", where, ec.message())));
  }

  Body body_;
  std::size_t max_header_bytes_;
  std::size_t max_body_bytes_;
  std::optional<Message> message_;
  std::string pending_; // received and not yet parsed
  std::size_t header_bytes_ = 0;
  int interim_responses_ = 0;
  bool any_bytes_ = false;
  bool recognised_ = false;
  bool left_over_ = false; // something stands behind the message
};

ResponseParser::ResponseParser(Body body, std::size_t max_header_bytes, std::size_t max_body_bytes)
    : impl_(std::make_unique<Impl>(body, max_header_bytes, max_body_bytes)) {}
ResponseParser::~ResponseParser() = default;
Result<void> ResponseParser::feed(std::string_view bytes) { return impl_->feed(bytes); }
Result<void> ResponseParser::end(std::string_view how) { return impl_->end(how); }
bool ResponseParser::any_bytes() const { return impl_->any_bytes(); }
bool ResponseParser::header_done() const { return impl_->header_done(); }
bool ResponseParser::done() const { return impl_->done(); }
std::size_t ResponseParser::body_bytes() const { return impl_->body_bytes(); }
bool ResponseParser::keep_alive() const { return impl_->keep_alive(); }
Result<Response> ResponseParser::take() { return impl_->take(); }

} // namespace murphy::web
