#include "client_support.h"
#include "web/http/decode.h"

#include <brotli/encode.h>
#include <cstdint>
#include <zlib.h>
#include <zstd.h>

namespace murphy::web {
namespace {

std::string deflated(const std::string& text, int window_bits) {
  z_stream stream{};
  deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, text.size()) + 64, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string gzip(const std::string& text) { return deflated(text, MAX_WBITS + 16); }
std::string zlib(const std::string& text) { return deflated(text, MAX_WBITS); }
std::string raw_deflate(const std::string& text) { return deflated(text, -MAX_WBITS); }

std::string brotli(const std::string& text) {
  std::size_t size = BrotliEncoderMaxCompressedSize(text.size()) + 64;
  std::string out(size, '\0');
  BrotliEncoderCompress(5, BROTLI_DEFAULT_WINDOW, BROTLI_MODE_TEXT, text.size(),
                        reinterpret_cast<const std::uint8_t*>(text.data()), &size,
                        reinterpret_cast<std::uint8_t*>(out.data()));
  out.resize(size);
  return out;
}

std::string zstd(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

constexpr std::size_t plenty = 64 * 1024 * 1024;

Result<std::string> decode(const std::vector<std::string>& encodings, std::string_view bytes,
                           std::size_t bound = plenty, std::size_t piece = std::string::npos) {
  Result<BodyDecoder> decoder = BodyDecoder::make(encodings, bound);
  if (!decoder) return std::unexpected(decoder.error());
  while (!bytes.empty()) {
    if (auto fed = decoder->feed(bytes.substr(0, piece)); !fed) return std::unexpected(fed.error());
    bytes.remove_prefix(std::min(piece, bytes.size()));
  }
  return decoder->finish();
}

std::string error_of(const Result<std::string>& decoded) { return decoded ? "no error" : decoded.error().what; }

std::string sample_body() {
  std::string text;
  for (int i = 0; i < 20000; ++i) text += "line " + std::to_string(i * 7919 % 10007) + "\n";
  return text;
}

struct Encoding {
  std::string name;
  std::string (*encode)(const std::string&);
  std::string label;
};

class Decode : public testing::TestWithParam<Encoding> {};

TEST_P(Decode, UndoesItWholeAndInPieces) {
  const std::string text = sample_body(), bytes = GetParam().encode(text);
  EXPECT_EQ(decode({GetParam().name}, bytes), text);
  EXPECT_EQ(decode({GetParam().name}, bytes, plenty, 1), text);
  EXPECT_EQ(decode({GetParam().name}, bytes, plenty, 1000), text);
  EXPECT_EQ(decode({GetParam().name}, GetParam().encode("")), "") << "nothing, encoded";
  EXPECT_EQ(decode({GetParam().name}, ""), "") << "no bytes at all";
}

TEST_P(Decode, StopsAtTheBound) {
  const std::string text = sample_body(), bytes = GetParam().encode(text);
  EXPECT_EQ(decode({GetParam().name}, bytes, text.size()), text);
  EXPECT_EQ(error_of(decode({GetParam().name}, bytes, text.size() - 1)),
            "the decoded body is larger than the limit of " + std::to_string(text.size() - 1) + " bytes");
}

TEST_P(Decode, NoticesAnEarlyEnd) {
  const std::string bytes = GetParam().encode(sample_body());
  EXPECT_EQ(error_of(decode({GetParam().name}, bytes.substr(0, bytes.size() / 2))),
            "the body ends in the middle of its " + GetParam().name + " data");
  EXPECT_EQ(error_of(decode({GetParam().name}, bytes.substr(0, 1))),
            "the body ends in the middle of its " + GetParam().name + " data");
}

TEST_P(Decode, NoticesCorruptData) {
  std::string bytes = GetParam().encode(sample_body());
  for (std::size_t at = bytes.size() / 2; at < bytes.size() / 2 + 200; ++at) bytes[at] = '\xff';
  const auto decoded = decode({GetParam().name}, bytes);
  if (GetParam().label == "raw_deflate")
    EXPECT_NE(decoded, sample_body()); // it has no checksum
  else
    EXPECT_FALSE(decoded);
}

INSTANTIATE_TEST_SUITE_P(Encodings, Decode,
                         testing::Values(Encoding{"gzip", gzip, "gzip"}, Encoding{"deflate", zlib, "deflate"},
                                         Encoding{"deflate", raw_deflate, "raw_deflate"}, Encoding{"br", brotli, "br"},
                                         Encoding{"zstd", zstd, "zstd"}),
                         [](const auto& instance) { return instance.param.label; });

TEST(DecodeBody, PlainBodiesPassThroughWithinTheBound) {
  EXPECT_EQ(decode({}, "plain"), "plain");
  EXPECT_EQ(decode({"identity"}, "plain"), "plain");
  EXPECT_EQ(error_of(decode({}, "plain", 4)), "the body is larger than the limit of 4 bytes");
}

TEST(DecodeBody, StackedEncodingsAreUndoneLastFirst) {
  const std::string text = sample_body();
  EXPECT_EQ(decode({"gzip, BR"}, brotli(gzip(text))), text);
  EXPECT_EQ(decode({"deflate", "X-Gzip , zstd"}, zstd(gzip(zlib(text))), plenty, 7), text);
  EXPECT_EQ(error_of(decode({"br, br, br, br, br, br"}, "x")),
            "the body has 6 nested content encodings; the limit is 5");
}

TEST(DecodeBody, SeveralMembersAndFramesAreOneBody) {
  EXPECT_EQ(decode({"gzip"}, gzip("one, ") + gzip("two")), "one, two");
  EXPECT_EQ(decode({"gzip"}, gzip("one, ") + gzip("two"), plenty, 1), "one, two");
  EXPECT_EQ(decode({"zstd"}, zstd("one, ") + zstd("two")), "one, two");
}

TEST(DecodeBody, BytesBehindTheEndAreIgnoredAsBrowsersDo) {
  EXPECT_EQ(decode({"gzip"}, gzip("text") + std::string(100, '\0')), "text");
  EXPECT_EQ(decode({"deflate"}, zlib("text") + "more"), "text");
  EXPECT_EQ(decode({"br"}, brotli("text") + "more"), "text");
}

TEST(DecodeBody, SaysWhatIsWrong) {
  EXPECT_EQ(error_of(decode({"gzip"}, "<html>not gzip")), "the body is not valid gzip: incorrect header check");
  EXPECT_EQ(error_of(decode({"zstd"}, "<html>not zstd")), "the body is not valid zstd: Unknown frame descriptor");
}

TEST(DecodeBody, LeavesABodyAloneWhoseEncodingIsUnknown) {
  EXPECT_EQ(decode({"utf-8"}, "text"), "text");
  EXPECT_EQ(decode({"none"}, "text"), "text");
  EXPECT_EQ(decode({"gzip, compress"}, gzip("text")), gzip("text"));
}

TEST(DecodeBody, ABombWithinABombIsStopped) {
  const std::string zeros(100 * 1024 * 1024, '\0');
  const std::string bomb = gzip(gzip(zeros));
  EXPECT_LT(bomb.size(), 2000U);
  EXPECT_EQ(error_of(decode({"gzip, gzip"}, bomb, 1000000)),
            "the decoded body is larger than the limit of 1000000 bytes");
}

TEST(HttpClientDecode, EncodedAnswersArriveDecoded) {
  const std::string text = sample_body();
  const auto response = exchange_with(always(answer_text(brotli(text), "Content-Encoding: br\r\n")));
  ASSERT_TRUE(response) << response.error().error.what;
  EXPECT_EQ(response->body, text);
}

TEST(HttpClientDecode, AGzipBombIsAnErrorThatNamesTheBound) {
  const std::string bomb = gzip(std::string(100 * 1024 * 1024, '\0'));
  EXPECT_EQ(trouble(exchange_with(always(answer_text(bomb, "Content-Encoding: gzip\r\n")))),
            "the decoded body is larger than the limit of 33554432 bytes");
}

TEST(HttpClientDecode, CorruptAndCutEncodingsAreErrors) {
  EXPECT_EQ(trouble(exchange_with(always(answer_text("plain", "Content-Encoding: gzip\r\n")))),
            "the body is not valid gzip: incorrect header check");
  EXPECT_EQ(
      trouble(exchange_with(always(answer_text(gzip(sample_body()).substr(0, 100), "Content-Encoding: gzip\r\n")))),
      "the body ends in the middle of its gzip data");
}

TEST(HttpClientDecode, AnAnswerWithoutABodyMayNameAnyEncoding) {
  EXPECT_EQ(exchange_with(always(answer_text("", "Content-Encoding: sdch\r\n")))->body, "");
}

} // namespace
} // namespace murphy::web
