#include "web/http/response_parser.h"

#include "base/make_error.h"
#include "base/text.h"
#include "web/http/chunked_body.h"
#include "web/http/decode.h"
#include "web/http/response_head.h"

#include <algorithm>
#include <cstdint>
#include <fmt/format.h>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace murphy::web {
namespace {

constexpr int max_interim_responses = 32;
constexpr std::string_view grows = "an endless answer is a fault of the app, or an attack";
constexpr std::string_view breaks_off =
    "see the app's console; a crash during the answer causes this, and so does a proxy timeout";

} // namespace

class ResponseParser::Impl {
public:
  Impl(Body body, std::size_t max_header_bytes, std::size_t max_body_bytes)
      : body_(body), max_header_bytes_(max_header_bytes), max_body_bytes_(max_body_bytes) {}

  Result<void> feed(std::string_view bytes) {
    any_bytes_ = any_bytes_ || !bytes.empty();
    if (done()) {
      left_over_ = left_over_ || !bytes.empty();
      return {};
    }
    pending_ += bytes;
    while (!pending_.empty() && !done()) {
      const std::size_t waiting = pending_.size();
      if (auto taken = head_ ? take_body() : take_head(); !taken) return taken;
      if (pending_.size() < waiting) continue;
      // Also a chunk's extensions and the trailer wait for their end.
      if (header_bytes_ + pending_.size() > max_header_bytes_) return header_too_large();
      break;
    }
    left_over_ = done() && !pending_.empty();
    return {};
  }

  Result<void> end(std::string_view how) {
    if (!any_bytes_)
      return std::unexpected(target_error(fmt::format("the server {} without an answer", how),
                                          "see the app's console; a crash during the request causes this"));
    if (!head_)
      return std::unexpected(
          target_error(fmt::format("the server {} in the middle of the header of its answer, after {} bytes", how,
                                   header_bytes_ + pending_.size()),
                       std::string(breaks_off)));
    if (length_.kind == BodyLength::Kind::until_close) ended_ = true;
    if (done()) return {};
    if (length_.kind == BodyLength::Kind::chunked)
      return std::unexpected(target_error(
          fmt::format("the server {} in the middle of a chunked body, after {} bytes of it", how, body_bytes_),
          std::string(breaks_off)));
    return std::unexpected(
        target_error(fmt::format("the server {} after {} of the {} bytes of the body", how, body_bytes_, length_.bytes),
                     std::string(breaks_off)));
  }

  bool any_bytes() const { return any_bytes_; }
  bool header_done() const { return head_.has_value(); }
  std::size_t body_bytes() const { return body_bytes_; }
  bool keep_alive() const {
    return keeps_connection(*head_) && !left_over_ && length_.kind != BodyLength::Kind::until_close;
  }

  bool done() const {
    if (!head_) return false;
    switch (length_.kind) {
    case BodyLength::Kind::none: return true;
    case BodyLength::Kind::chunked: return chunks_.done();
    case BodyLength::Kind::fixed: return body_bytes_ == length_.bytes;
    case BodyLength::Kind::until_close: break;
    }
    return ended_;
  }

  Result<Response> take() {
    Response response;
    response.status = head_->status;
    response.reason = std::move(head_->reason);
    response.headers = std::move(head_->headers);
    if (decoder_) {
      Result<std::string> body = decoder_->finish();
      if (!body) return std::unexpected(body.error());
      response.body = *std::move(body);
    }
    return response;
  }

private:
  // Says at the first bytes that this is not HTTP, without waiting for a line's end that may never come.
  Result<void> recognise() {
    if (recognised_) return {};
    // A TLS record (RFC 8446, section 5.1): an alert or a handshake, version 3.x.
    if (pending_.size() >= 2 && (pending_[0] == 0x15 || pending_[0] == 0x16) && pending_[1] == 0x03)
      return std::unexpected(target_error("this port speaks TLS, not plain http", "use https://"));
    const std::size_t length = std::min(http_protocol.size(), pending_.size());
    if (!equal_ignoring_ascii_case(std::string_view(pending_).substr(0, length), http_protocol.substr(0, length))) {
      if (pending_.size() == 1 && (pending_[0] == 0x15 || pending_[0] == 0x16)) return {};
      return std::unexpected(target_error(fmt::format("the answer is not HTTP: it begins with “{}”", excerpt(pending_)),
                                          "another service may be listening on this port"));
    }
    recognised_ = length == http_protocol.size();
    return {};
  }

  // The head once it is whole, and what it says of the body.
  Result<void> take_head() {
    // Empty lines before it end an answer before it.
    const std::size_t begin = std::min(pending_.find_first_not_of("\r\n"), pending_.size());
    header_bytes_ += begin;
    pending_.erase(0, begin);
    if (pending_.empty()) return {};
    if (auto recognised = recognise(); !recognised) return recognised;
    const auto size = head_size(pending_);
    if (!size) return {};
    header_bytes_ += *size;
    if (header_bytes_ > max_header_bytes_) return header_too_large();
    auto head = parse_head(std::string_view(pending_).substr(0, *size));
    pending_.erase(0, *size);
    if (!head) return std::unexpected(std::move(head.error()));
    if (head->status < 200) return skip_interim(head->status);
    auto length = body_ == Body::none ? Result<BodyLength>(BodyLength{}) : body_length(*head);
    if (!length) return std::unexpected(std::move(length.error()));
    head_ = *std::move(head);
    length_ = *length;
    if (length_.kind == BodyLength::Kind::fixed && length_.bytes > max_body_bytes_)
      return std::unexpected(
          target_error(fmt::format("the body of the answer is {} bytes long, more than the limit of {}", length_.bytes,
                                   max_body_bytes_),
                       "no page is this large: does the app send the right file?"));
    return {};
  }

  Result<void> take_body() {
    std::size_t used = pending_.size();
    if (length_.kind == BodyLength::Kind::chunked) {
      const auto fed = chunks_.feed(pending_, [this](std::string_view piece) { return decode(piece); });
      if (!fed) return std::unexpected(fed.error());
      used = *fed;
    } else {
      if (length_.kind == BodyLength::Kind::fixed)
        used = static_cast<std::size_t>(std::min<std::uint64_t>(used, length_.bytes - body_bytes_));
      if (auto decoded = decode(std::string_view(pending_).substr(0, used)); !decoded) return decoded;
    }
    pending_.erase(0, used);
    return {};
  }

  Result<void> decode(std::string_view piece) {
    body_bytes_ += piece.size();
    if (!decoder_) {
      std::vector<std::string> encodings;
      for (const std::string* value : record::find_headers(head_->headers, "Content-Encoding"))
        encodings.push_back(*value);
      Result<BodyDecoder> made = BodyDecoder::make(encodings, max_body_bytes_);
      if (!made) return std::unexpected(std::move(made.error()));
      decoder_ = *std::move(made);
    }
    // A body whose encoding gives little or nothing may be endless, too.
    if (body_bytes_ > max_body_bytes_)
      return std::unexpected(
          target_error(fmt::format("the body of the answer is larger than the limit of {} bytes", max_body_bytes_),
                       std::string(grows)));
    return decoder_->feed(piece);
  }

  std::unexpected<Error> header_too_large() const {
    return std::unexpected(
        target_error(fmt::format("the header of the answer is larger than the limit of {} bytes", max_header_bytes_),
                     std::string(grows)));
  }

  // RFC 9110, section 15.2: interim responses come before the final one and are not for us.
  Result<void> skip_interim(int status) {
    if (status == 101)
      return std::unexpected(target_error("the answer is 101 (Switching Protocols), which Murphy did not request"));
    if (++interim_responses_ > max_interim_responses)
      return std::unexpected(
          target_error(fmt::format("more than {} interim responses came, and no final one", max_interim_responses)));
    recognised_ = false;
    return {};
  }

  Body body_;
  std::size_t max_header_bytes_;
  std::size_t max_body_bytes_;
  std::string pending_; // received and not yet read
  std::optional<ResponseHead> head_;
  BodyLength length_;
  ChunkedBody chunks_;
  std::optional<BodyDecoder> decoder_; // from the first byte of a body on
  std::size_t header_bytes_ = 0;
  std::size_t body_bytes_ = 0;
  int interim_responses_ = 0;
  bool any_bytes_ = false;
  bool recognised_ = false;
  bool ended_ = false;     // by the server
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
