#include "web/text/charset.h"

#include <gtest/gtest.h>
#include <vector>

namespace murphy::web {
namespace {

using namespace std::string_view_literals;

TEST(CharsetLabel, NamesTheEncoding) {
  EXPECT_EQ(encoding_for_label("utf8"), "UTF-8");
  EXPECT_EQ(encoding_for_label(" \tUTF-8\n"), "UTF-8");
  EXPECT_EQ(encoding_for_label("latin1"), "windows-1252");
  EXPECT_EQ(encoding_for_label("ISO-8859-1"), "windows-1252");
  EXPECT_EQ(encoding_for_label("us-ascii"), "windows-1252");
  EXPECT_EQ(encoding_for_label("iso-8859-9"), "windows-1254");
  EXPECT_EQ(encoding_for_label("gb2312"), "GBK");
  EXPECT_EQ(encoding_for_label("utf-16"), "UTF-16LE");
  EXPECT_EQ(encoding_for_label("x-sjis"), "Shift_JIS");
  EXPECT_EQ(encoding_for_label("ks_c_5601-1987"), "EUC-KR");
  EXPECT_EQ(encoding_for_label("hz-gb-2312"), "replacement");
  EXPECT_EQ(encoding_for_label("utf-7"), std::nullopt);
  EXPECT_EQ(encoding_for_label(""), std::nullopt);
}

struct SniffCase {
  std::string body, content_type;
  bool is_html;
  std::string encoding;
};

TEST(CharsetSniff, AsksMarkThenHeaderThenMeta) {
  const std::string padding(1024, ' ');
  const std::vector<SniffCase> cases = {
      // Byte order marks win over everything.
      {"\xEF\xBB\xBFx", "text/html; charset=gbk", true, "UTF-8"},
      {"\xFE\xFF", "text/plain", false, "UTF-16BE"},
      {"\xFF\xFE", "", true, "UTF-16LE"},
      // The header.
      {"<meta charset=gbk>", "text/html; charset=utf-8", true, "UTF-8"},
      {"", "text/html;charset=\"ISO-8859-2\"", true, "ISO-8859-2"},
      {"", "text/html; Charset = utf-8", true, "windows-1252"}, // a name with a space is another name
      {"", "text/html; version=1; CHARSET=KOI8-R ; x=y", true, "KOI8-R"},
      {"", "text/html; x=\"a;charset=gbk\"; charset=big5", true, "Big5"},
      {"", "text/html; charset=utf-16", true, "UTF-16LE"},
      {"", "text/html; charset=nonsense", true, "windows-1252"},
      {"", "application/json", false, "UTF-8"},
      {"", "text/plain; charset=latin1", false, "windows-1252"},
      // <meta>, for HTML only.
      {"<meta charset=utf-8>", "text/html", true, "UTF-8"},
      {"<meta charset=utf-8>", "text/plain", false, "UTF-8"},
      {"<meta charset=gbk>", "text/plain", false, "UTF-8"},
      {"<!DOCTYPE html><html lang=\"de\"><head><meta name=x content='y'><META CHARSET='Shift_JIS'/>", "", true,
       "Shift_JIS"},
      {"<meta http-equiv=Content-Type content='text/html; charset=euc-kr'>", "", true, "EUC-KR"},
      {"<meta content='text/html; charset = \"euc-jp\"' http-equiv=content-type>", "", true, "EUC-JP"},
      {"<meta content='text/html; charset=euc-jp'>", "", true, "windows-1252"},
      {"<meta http-equiv=refresh content='0; url=?charset=gbk'>", "", true, "windows-1252"},
      {"<meta/charset=utf-8>", "", true, "UTF-8"},
      {"<metal charset=utf-8>", "", true, "windows-1252"},
      {"<meta charset=utf-16>", "", true, "UTF-8"},
      {"<meta charset=x-user-defined>", "", true, "windows-1252"},
      {"<meta charset=nonsense><meta charset=utf-8>", "", true, "UTF-8"},
      {"<!-- <meta charset=gbk> --><meta charset=utf-8>", "", true, "UTF-8"},
      {"<!--><meta charset=utf-8>", "", true, "UTF-8"},
      {"<!-- never closed <meta charset=utf-8>", "", true, "windows-1252"},
      {"<p title='<meta charset=gbk>'><meta charset=utf-8>", "", true, "UTF-8"},
      {"<?xml version='1.0' encoding='gbk'?><meta charset=utf-8>", "", true, "UTF-8"},
      {"</p title='<meta charset=gbk>'><meta charset=utf-8>", "", true, "UTF-8"},
      {padding + "<meta charset=utf-8>", "", true, "windows-1252"},
      {"<meta charset=\"utf-8", "", true, "UTF-8"},
      {"<p", "", true, "windows-1252"},
      {"<", "", true, "windows-1252"},
      {"", "", true, "windows-1252"},
  };
  for (const auto& [body, content_type, is_html, encoding] : cases) {
    EXPECT_EQ(sniff_encoding(body, content_type, is_html ? BodySyntax::html : BodySyntax::other), encoding)
        << content_type << " | " << body;
  }
}

struct TextCase {
  std::string_view encoding;
  std::string_view bytes;
  std::string_view text;
};

TEST(Charset, DecodesAndEncodes) {
  const std::vector<TextCase> cases = {
      {"UTF-8", "gr\xC3\xBC\xC3\x9F", "grüß"},
      {"windows-1252", "caf\xE9 \x80 \x93x\x94", "café € “x”"},
      {"windows-1252", "\x81\x8D\x8F\x90\x9D", "\u0081\u008D\u008F\u0090\u009D"},
      {"windows-1251", "\xCF\xF0\xE8\xE2\xE5\xF2", "Привет"},
      {"windows-1250", "\x9A\x8A\xE8", "šŠč"},
      {"windows-1253", "\xE3\xE5\xE9\xDC", "γειά"},
      {"windows-1254", "\xFE\xF0\xFD", "şğı"},
      {"windows-1256", "\xE3\xD1\xCD\xC8\xC7", "مرحبا"},
      {"windows-1257", "\xE0\xE8", "ąč"},
      {"windows-874", "\xCA\xC7\xD1\xCA\xB4\xD5", "สวัสดี"},
      {"ISO-8859-2",
       "\xB3\xF3"
       "d\xBC",
       "łódź"},
      {"ISO-8859-5", "\xBF\xE0\xD8\xD2\xD5\xE2", "Привет"},
      {"ISO-8859-8-I", "\xF9\xEC\xE5\xED", "שלום"},
      {"ISO-8859-15", "\xA4", "€"},
      {"KOI8-R", "\xF0\xD2\xC9\xD7\xC5\xD4", "Привет"},
      {"KOI8-U", "\xF0\xD2\xC9\xD7\xA6\xD4", "Привіт"},
      {"IBM866", "\x8F\xE0\xA8\xA2\xA5\xE2", "Привет"},
      {"macintosh", "caf\x8E", "café"},
      {"x-mac-cyrillic", "\x8F\xF0", "Пр"},
      {"GBK", "\xC4\xE3\xBA\xC3", "你好"},
      {"gb18030", "\xC4\xE3\xBA\xC3\x95\x32\x82\x36", "你好𠀀"},
      {"Big5", "\xA7\x41\xA6\x6E", "你好"},
      {"Shift_JIS", "\x82\xB1\x82\xF1\x5C\x7E\x81\x60\xB1", "こん\\~～ｱ"},
      {"EUC-JP", "\xA4\xB3\xA4\xF3\xA1\xC1", "こん～"},
      {"ISO-2022-JP", "\x1B$B$3$s\x1B(B!", "こん!"},
      {"EUC-KR", "\xBE\xC8\xB3\xE7\x8C\x63", "안녕똠"},
  };
  for (const auto& [encoding, bytes, text] : cases) {
    EXPECT_EQ(decode(bytes, encoding), text) << encoding;
    EXPECT_EQ(from_utf8(text, encoding), bytes) << encoding;
  }
}

TEST(Charset, DecodesUtf16AndEncodesItAsUtf8) {
  EXPECT_EQ(decode("a\0\xFC\0\x3D\xD8\x00\xDE"sv, "UTF-16LE"), "aü😀");
  EXPECT_EQ(decode("\xFE\xFF\0a"sv, "UTF-16BE"), "a");
  EXPECT_EQ(decode("\xFF\xFE"
                   "a\0\0"sv,
                   "UTF-16LE"),
            "a\uFFFD");
  EXPECT_EQ(decode("\x00\xD8"
                   "a\0"sv,
                   "UTF-16LE"),
            "\uFFFDa");
  EXPECT_EQ(from_utf8("aü", "UTF-16LE"), "aü");
}

TEST(Charset, ReplacesWhatIsInvalid) {
  EXPECT_EQ(decode("a\xFF\xC3(b\xE2\x82", "UTF-8"), "a\uFFFD\uFFFD(b\uFFFD");
  EXPECT_EQ(decode("\xED\xA0\x80", "UTF-8"), "\uFFFD\uFFFD\uFFFD");
  EXPECT_EQ(decode("a\xA1z", "windows-874"), "aกz");
  EXPECT_EQ(decode("a\xFCz", "windows-874"), "a\uFFFDz");
  EXPECT_EQ(decode("a\xFFz", "EUC-JP"), "a\uFFFDz");
  EXPECT_EQ(decode("a\x81", "Shift_JIS"), "a\uFFFD");
  EXPECT_EQ(decode("ok\xC4", "GBK"), "ok\uFFFD");
  EXPECT_EQ(decode("anything", "replacement"), "\uFFFD");
  EXPECT_EQ(decode("", "replacement"), "");
  EXPECT_EQ(decode("a\x80\xFF", "x-user-defined"), "a\uF780\uF7FF");
}

TEST(Charset, EncodesWhatDoesNotFitAsAReference) {
  EXPECT_EQ(from_utf8("5 € 你 😀", "windows-1252"), "5 \x80 &#20320; &#128512;");
  EXPECT_EQ(from_utf8("ü", "Shift_JIS"), "&#252;");
  EXPECT_EQ(from_utf8("日é", "EUC-JP"), "\xC6\xFC&#233;");  // without JIS X 0212
  EXPECT_EQ(from_utf8("\u0080", "windows-1251"), "&#128;"); // the byte 80 is another letter there
  EXPECT_EQ(from_utf8("こ😀ん", "ISO-2022-JP"), "\x1B$B$3\x1B(B&#128512;\x1B$B$s\x1B(B");
  EXPECT_EQ(from_utf8("a\xFFz", "windows-1252"), "a&#65533;z");
}

TEST(Charset, ConvertsLargeBodiesWhole) {
  std::string bytes, text;
  for (int i = 0; i < 20000; ++i) {
    bytes += "\xE9\x80z";
    text += "é€z";
  }
  EXPECT_EQ(decode(bytes, "windows-1252"), text);
  EXPECT_EQ(from_utf8(text, "windows-1252"), bytes);
}

} // namespace
} // namespace murphy::web
