#include "web/http/decode.h"

#include "base/make_error.h"

#include <brotli/decode.h>
#include <cstdint>
#include <zlib.h>
#include <zstd.h>

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>
#include <utility>

namespace murphy::web {

class DecoderStage {
public:
  explicit DecoderStage(std::size_t max_bytes) : max_bytes_(max_bytes) {}
  DecoderStage(const DecoderStage&) = delete;
  DecoderStage& operator=(const DecoderStage&) = delete;
  virtual ~DecoderStage() = default;

  virtual Result<void> feed(std::string_view input, std::string& output) = 0;
  virtual Result<void> finish() const = 0;

protected:
  Result<void> give(std::string_view bytes, std::string& output) {
    if (bytes.size() > max_bytes_ - given_) {
      return std::unexpected(
          target_error(fmt::format("the decoded body is larger than the limit of {} bytes", max_bytes_),
                       "an endless answer is a fault of the app, or an attack"));
    }
    given_ += bytes.size();
    output += bytes;
    return {};
  }

private:
  std::size_t max_bytes_;
  std::size_t given_ = 0;
};

namespace {

constexpr std::size_t piece_size = 64 * 1024;
constexpr std::size_t max_stages = 5; // as curl has it; no honest answer has more than two

std::unexpected<Error> corrupt(std::string_view encoding, std::string_view cause) {
  return std::unexpected(target_error(fmt::format("the body is not valid {}: {}", encoding, cause),
                                      "a proxy changes the body, or the app sends the wrong Content-Encoding"));
}

std::unexpected<Error> cut_short(std::string_view encoding) {
  return std::unexpected(target_error(fmt::format("the body ends in the middle of its {} data", encoding)));
}

// gzip, and deflate in both its forms: zlib's (RFC 1950), as the standard has it, and raw (RFC 1951), as some servers
// send it.
class ZlibStage final : public DecoderStage {
public:
  enum class Form { gzip, deflate };
  ZlibStage(Form form, std::size_t max_bytes) : DecoderStage(max_bytes), form_(form) {}
  ~ZlibStage() override {
    if (state_ != State::before) inflateEnd(&stream_);
  }

  Result<void> feed(std::string_view input, std::string& output) override {
    std::string joined;
    if (!head_.empty()) {
      joined = std::exchange(head_, {}).append(input);
      input = joined;
    }
    while (!input.empty() && state_ != State::after) {
      if (state_ == State::inside) {
        auto rest = inflate_member(input, output);
        if (!rest) return std::unexpected(rest.error());
        input = *rest;
      } else if (input.size() < 2) {
        head_ = input;
        break;
      } else if (auto begun = begin_member(input); !begun) {
        return begun;
      }
    }
    return {};
  }

  Result<void> finish() const override {
    if (state_ == State::before || state_ == State::inside) return cut_short(name());
    return {};
  }

private:
  enum class State { before, inside, between, after };

  std::string_view name() const { return form_ == Form::gzip ? "gzip" : "deflate"; }

  // Decides by the first two bytes of `input` what begins there.
  Result<void> begin_member(std::string_view input) {
    const unsigned first = static_cast<unsigned char>(input[0]), second = static_cast<unsigned char>(input[1]);
    if (state_ == State::before) {
      const bool zlib_header = (first & 0x0fU) == Z_DEFLATED && (first * 256U + second) % 31U == 0;
      int window_bits = MAX_WBITS;
      if (form_ == Form::gzip)
        window_bits += 16;
      else if (!zlib_header)
        window_bits = -window_bits;
      if (inflateInit2(&stream_, window_bits) != Z_OK) return corrupt(name(), "zlib could not be started");
      state_ = State::inside;
    } else if (form_ == Form::gzip && first == 0x1fU && second == 0x8bU) {
      inflateReset(&stream_); // a body may be several members one after another: RFC 1952, section 2.2
      state_ = State::inside;
    } else {
      state_ = State::after; // bytes behind the end are ignored, as browsers do
    }
    return {};
  }

  // Undoes what it can of `input` and gives back the rest: empty, or what stands behind the member's end.
  Result<std::string_view> inflate_member(std::string_view input, std::string& output) {
    stream_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream_.avail_in = static_cast<uInt>(input.size());
    int status = Z_OK;
    do {
      stream_.next_out = reinterpret_cast<Bytef*>(buffer_.data());
      stream_.avail_out = static_cast<uInt>(buffer_.size());
      status = inflate(&stream_, Z_NO_FLUSH);
      if (auto given = give({buffer_.data(), buffer_.size() - stream_.avail_out}, output); !given)
        return std::unexpected(given.error());
    } while (status == Z_OK && stream_.avail_out == 0);
    if (status == Z_STREAM_END) {
      state_ = State::between;
      return input.substr(input.size() - stream_.avail_in);
    }
    if (status != Z_OK && status != Z_BUF_ERROR) return corrupt(name(), stream_.msg ? stream_.msg : "broken data");
    return std::string_view{};
  }

  Form form_;
  State state_ = State::before;
  std::string head_; // a byte kept until there are enough to tell what begins
  z_stream stream_{};
  std::array<char, piece_size> buffer_;
};

class BrotliStage final : public DecoderStage {
public:
  explicit BrotliStage(std::size_t max_bytes)
      : DecoderStage(max_bytes),
        state_(BrotliDecoderCreateInstance(nullptr, nullptr, nullptr), BrotliDecoderDestroyInstance) {}

  Result<void> feed(std::string_view input, std::string& output) override {
    if (BrotliDecoderIsFinished(state_.get())) return {};
    auto next_in = reinterpret_cast<const std::uint8_t*>(input.data());
    std::size_t available_in = input.size();
    BrotliDecoderResult result = BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT;
    while (result == BROTLI_DECODER_RESULT_NEEDS_MORE_OUTPUT) {
      std::uint8_t* next_out = buffer_.data();
      std::size_t available_out = buffer_.size();
      result = BrotliDecoderDecompressStream(state_.get(), &available_in, &next_in, &available_out, &next_out, nullptr);
      if (result == BROTLI_DECODER_RESULT_ERROR)
        return corrupt("br", BrotliDecoderErrorString(BrotliDecoderGetErrorCode(state_.get())));
      const std::string_view bytes(reinterpret_cast<const char*>(buffer_.data()), buffer_.size() - available_out);
      if (auto given = give(bytes, output); !given) return given;
    }
    return {};
  }

  Result<void> finish() const override {
    if (!BrotliDecoderIsFinished(state_.get())) return cut_short("br");
    return {};
  }

private:
  std::unique_ptr<BrotliDecoderState, decltype(&BrotliDecoderDestroyInstance)> state_;
  std::array<std::uint8_t, piece_size> buffer_;
};

class ZstdStage final : public DecoderStage {
public:
  explicit ZstdStage(std::size_t max_bytes) : DecoderStage(max_bytes), stream_(ZSTD_createDStream(), ZSTD_freeDStream) {
    ZSTD_DCtx_setParameter(stream_.get(), ZSTD_d_windowLogMax, 23); // 8 MB: RFC 9659, section 3
  }

  Result<void> feed(std::string_view input, std::string& output) override {
    ZSTD_inBuffer in{input.data(), input.size(), 0};
    bool buffer_was_full = false;
    while (in.pos < in.size || buffer_was_full) {
      ZSTD_outBuffer out{buffer_.data(), buffer_.size(), 0};
      const std::size_t wanted = ZSTD_decompressStream(stream_.get(), &out, &in);
      if (ZSTD_isError(wanted)) return corrupt("zstd", ZSTD_getErrorName(wanted));
      if (auto given = give({buffer_.data(), out.pos}, output); !given) return given;
      frame_ended_ = wanted == 0;
      buffer_was_full = out.pos == out.size;
      if (frame_ended_ && in.pos == in.size) break;
    }
    return {};
  }

  Result<void> finish() const override {
    if (!frame_ended_) return cut_short("zstd");
    return {};
  }

private:
  std::unique_ptr<ZSTD_DStream, decltype(&ZSTD_freeDStream)> stream_;
  bool frame_ended_ = false;
  std::array<char, piece_size> buffer_;
};

std::vector<std::string> tokens_of(const std::vector<std::string>& values) {
  std::vector<std::string> tokens;
  for (const std::string& value : values) {
    std::string token;
    for (const char c : value + ",") {
      if (c == ',') {
        if (!token.empty()) tokens.push_back(std::exchange(token, {}));
      } else if (c != ' ' && c != '\t') {
        token += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      }
    }
  }
  return tokens;
}

// Null for an encoding that is not known.
std::unique_ptr<DecoderStage> make_stage(const std::string& encoding, std::size_t max_bytes) {
  if (encoding == "gzip" || encoding == "x-gzip") return std::make_unique<ZlibStage>(ZlibStage::Form::gzip, max_bytes);
  if (encoding == "deflate") return std::make_unique<ZlibStage>(ZlibStage::Form::deflate, max_bytes);
  if (encoding == "br") return std::make_unique<BrotliStage>(max_bytes);
  if (encoding == "zstd") return std::make_unique<ZstdStage>(max_bytes);
  return nullptr;
}

} // namespace

BodyDecoder::BodyDecoder() = default;
BodyDecoder::BodyDecoder(BodyDecoder&&) noexcept = default;
BodyDecoder& BodyDecoder::operator=(BodyDecoder&&) noexcept = default;
BodyDecoder::~BodyDecoder() = default;

Result<BodyDecoder> BodyDecoder::make(const std::vector<std::string>& encodings, std::size_t max_bytes) {
  std::vector<std::string> tokens = tokens_of(encodings);
  std::erase(tokens, "identity");
  if (tokens.size() > max_stages)
    return std::unexpected(target_error(
        fmt::format("the body has {} nested content encodings; the limit is {}", tokens.size(), max_stages)));
  BodyDecoder decoder;
  decoder.max_bytes_ = max_bytes;
  std::ranges::reverse(tokens);
  for (const std::string& token : tokens) {
    auto stage = make_stage(token, max_bytes);
    if (stage == nullptr) {
      decoder.stages_.clear();
      break;
    }
    decoder.stages_.push_back(std::move(stage));
  }
  return decoder;
}

Result<void> BodyDecoder::feed(std::string_view piece) {
  any_input_ = any_input_ || !piece.empty();
  return feed_stage(0, piece);
}

Result<void> BodyDecoder::feed_stage(std::size_t stage, std::string_view piece) {
  if (stage == stages_.size()) {
    if (piece.size() > max_bytes_ - body_.size())
      return std::unexpected(target_error(fmt::format("the body is larger than the limit of {} bytes", max_bytes_)));
    body_ += piece;
    return {};
  }
  if (stage + 1 == stages_.size()) return stages_[stage]->feed(piece, body_);
  std::string between;
  if (auto fed = stages_[stage]->feed(piece, between); !fed) return fed;
  return feed_stage(stage + 1, between);
}

Result<std::string> BodyDecoder::finish() {
  if (any_input_) {
    for (const auto& stage : stages_)
      if (auto finished = stage->finish(); !finished) return std::unexpected(finished.error());
  }
  return std::move(body_);
}

} // namespace murphy::web
