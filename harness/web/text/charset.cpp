#include "web/text/charset.h"

#include "base/clear_text.h"
#include "base/text.h"

#include <array>
#include <cerrno>
#include <cstdint>
#include <iconv.h>

namespace murphy::web {
namespace {

// What glibc calls the encoding whose tables are nearest to the standard's. Others have the same name in both.
struct IconvName {
  std::string_view encoding;
  const char* decoder;
  const char* encoder;
};
constexpr std::array<IconvName, 18> iconv_names = {{
    {"windows-874", "CP874", "CP874"},
    {"windows-1250", "CP1250", "CP1250"},
    {"windows-1251", "CP1251", "CP1251"},
    {"windows-1252", "CP1252", "CP1252"},
    {"windows-1253", "CP1253", "CP1253"},
    {"windows-1254", "CP1254", "CP1254"},
    {"windows-1255", "CP1255", "CP1255"},
    {"windows-1256", "CP1256", "CP1256"},
    {"windows-1257", "CP1257", "CP1257"},
    {"windows-1258", "CP1258", "CP1258"},
    {"ISO-8859-8-I", "ISO-8859-8", "ISO-8859-8"},
    {"x-mac-cyrillic", "MAC-UK", "MAC-UK"},
    // Decoders take the larger set; encoders keep to what old servers know.
    {"GBK", "GB18030", "GBK"},
    {"gb18030", "GB18030", "GB18030"},
    {"Big5", "BIG5-HKSCS", "BIG5"},
    {"EUC-JP", "EUC-JP-MS", "EUC-JP-MS"},
    {"Shift_JIS", "CP932", "CP932"},
    {"EUC-KR", "CP949", "CP949"},
}};

bool is_single_byte(std::string_view encoding) {
  return encoding.starts_with("windows-") || encoding.starts_with("ISO-8859-") || encoding.starts_with("KOI8-") ||
         encoding == "IBM866" || encoding == "macintosh" || encoding == "x-mac-cyrillic";
}

// An open conversion. Closed with its owner.
class Converter {
public:
  Converter(const std::string& to, const std::string& from) : descriptor_(iconv_open(to.c_str(), from.c_str())) {}
  ~Converter() {
    if (usable()) iconv_close(descriptor_);
  }
  Converter(const Converter&) = delete;
  Converter& operator=(const Converter&) = delete;

  bool usable() const { return descriptor_ != reinterpret_cast<iconv_t>(-1); }

  // Converts as much of `input` as it can, taking that off its front. False when it stopped at something it cannot
  // convert.
  bool convert(std::string_view& input, std::string& out) {
    std::array<char, 4096> buffer{};
    // iconv promises not to write to its input.
    char* from = const_cast<char*>(input.data());
    std::size_t left = input.size();
    for (;;) {
      char* to = buffer.data();
      std::size_t room = buffer.size();
      const bool done = iconv(descriptor_, &from, &left, &to, &room) != static_cast<std::size_t>(-1);
      const bool full = !done && errno == E2BIG;
      out.append(buffer.data(), buffer.size() - room);
      if (full) continue;
      input = input.substr(input.size() - left);
      return done;
    }
  }

  // Writes what is held back, and what leads to the initial state.
  void finish(std::string& out) {
    std::array<char, 64> buffer{};
    char* to = buffer.data();
    std::size_t room = buffer.size();
    iconv(descriptor_, nullptr, nullptr, &to, &room);
    out.append(buffer.data(), buffer.size() - room);
  }

private:
  iconv_t descriptor_;
};

std::string iconv_name(std::string_view encoding, const char* IconvName::* direction) {
  for (const IconvName& name : iconv_names) {
    if (name.encoding == encoding) return name.*direction;
  }
  return std::string(encoding);
}

// C1 controls, which the standard's tables of windows code pages hold where Microsoft's have gaps.
bool is_c1(unsigned value) { return value >= 0x80 && value <= 0x9F; }

std::string_view without_mark(std::string_view bytes, std::string_view encoding) {
  const std::string_view mark = encoding == "UTF-8"      ? std::string_view("\xEF\xBB\xBF")
                                : encoding == "UTF-16BE" ? std::string_view("\xFE\xFF")
                                : encoding == "UTF-16LE" ? std::string_view("\xFF\xFE")
                                                         : std::string_view();
  return bytes.starts_with(mark) ? bytes.substr(mark.size()) : bytes;
}

// Every byte above ASCII is a private character (https://encoding.spec.whatwg.org/#x-user-defined).
std::string decode_user_defined(std::string_view bytes) {
  std::string out;
  for (const char byte : bytes) {
    const auto value = static_cast<unsigned char>(byte);
    append_utf8(out, value < 0x80 ? value : 0xF780 + value - 0x80U);
  }
  return out;
}

} // namespace

std::string decode(std::string_view bytes, std::string_view encoding) {
  if (encoding == "replacement") return bytes.empty() ? "" : "\uFFFD";
  if (encoding == "x-user-defined") return decode_user_defined(bytes);
  const std::string_view input = without_mark(bytes, encoding);
  if (encoding == "UTF-8") return repair_utf8(input);
  Converter converter("UTF-8", iconv_name(encoding, &IconvName::decoder));
  if (!converter.usable()) return repair_utf8(input);

  const std::size_t unit = encoding.starts_with("UTF-16") ? 2 : 1;
  std::string out;
  std::string_view rest = input;
  while (!converter.convert(rest, out)) {
    const auto bad = static_cast<unsigned char>(rest.front());
    append_utf8(out, is_single_byte(encoding) && is_c1(bad) ? bad : U'\uFFFD');
    rest.remove_prefix(std::min(unit, rest.size()));
  }
  converter.finish(out);
  return out;
}

std::string from_utf8(std::string_view text, std::string_view encoding) {
  if (encoding.starts_with("UTF-") || encoding == "replacement") return repair_utf8(text);
  Converter converter(iconv_name(encoding, &IconvName::encoder), "UTF-8");
  if (!converter.usable()) return repair_utf8(text);

  const ClearText input(repair_utf8(text)); // which may be a secret
  std::string out;
  out.reserve(2 * input.size());
  std::string_view rest = input.view();
  const auto reference = [&](char32_t code_point) {
    out += "&#" + std::to_string(static_cast<std::uint32_t>(code_point)) + ";";
  };
  if (encoding == "EUC-JP") {
    // The standard's encoder does without JIS X 0212, whose characters iconv writes as three bytes from 0x8F on, and
    // without C1 controls.
    while (!rest.empty()) {
      std::string_view one = rest;
      const char32_t code_point = next_code_point(rest);
      one.remove_suffix(rest.size());
      std::string bytes;
      if (!converter.convert(one, bytes) || bytes.starts_with('\x8f') || is_c1(code_point))
        reference(code_point);
      else
        out += bytes;
    }
    return out;
  }
  while (!converter.convert(rest, out)) {
    converter.finish(out);
    const char32_t code_point = next_code_point(rest);
    // A C1 control is its own byte where that byte stands for nothing else.
    const std::string byte(1, static_cast<char>(code_point));
    std::string control;
    append_utf8(control, code_point);
    if (is_single_byte(encoding) && is_c1(code_point) && decode(byte, encoding) == control)
      out += byte;
    else
      reference(code_point);
  }
  converter.finish(out);
  return out;
}

} // namespace murphy::web
