// Random secrets in random encodings, the encoders being written here independently of the redactor.
#include "base/text.h"
#include "record/redactor.h"

#include <array>
#include <cstdio>
#include <functional>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <random>

namespace murphy::record {
namespace {

std::string format(const char* pattern, unsigned number) {
  std::array<char, 24> text{};
  std::snprintf(text.data(), text.size(), pattern, number); // NOLINT: the patterns stand below
  return text.data();
}

std::string each_byte(std::string_view text, const std::function<std::string(unsigned char)>& encode) {
  std::string encoded;
  for (const char c : text) encoded += encode(static_cast<unsigned char>(c));
  return encoded;
}

std::string each_character(std::string_view text, const std::function<std::string(char32_t)>& encode) {
  std::string encoded;
  while (!text.empty()) encoded += encode(next_code_point(text));
  return encoded;
}

std::string utf8(char32_t c) {
  std::string text;
  append_utf8(text, c);
  return text;
}

bool is_unreserved(unsigned c) {
  return c < 0x80 && (std::isalnum(static_cast<int>(c)) || std::string_view("-_.~").contains(static_cast<char>(c)));
}

std::string percent(std::string_view text) {
  return each_byte(text, [](unsigned char c) {
    return is_unreserved(c) ? std::string(1, static_cast<char>(c)) : format("%%%02X", c);
  });
}
std::string percent_lower(std::string_view text) {
  return each_byte(text, [](unsigned char c) {
    return is_unreserved(c) ? std::string(1, static_cast<char>(c)) : format("%%%02x", c);
  });
}
std::string form(std::string_view text) {
  return each_byte(text, [](unsigned char c) {
    return c == ' ' ? "+" : std::isalnum(c) ? std::string(1, static_cast<char>(c)) : format("%%%02X", c);
  });
}
// The query percent-encode set of https://url.spec.whatwg.org/
std::string query(std::string_view text) {
  return each_byte(text, [](unsigned char c) {
    return c <= 0x20 || c >= 0x7F || std::string_view("\"#<>'").contains(static_cast<char>(c))
               ? format("%%%02X", c)
               : std::string(1, static_cast<char>(c));
  });
}
std::string html(std::string_view text) {
  return each_character(text, [](char32_t c) -> std::string {
    return c == '&'    ? "&amp;"
           : c == '<'  ? "&lt;"
           : c == '>'  ? "&gt;"
           : c == '"'  ? "&quot;"
           : c == '\'' ? "&#39;"
                       : utf8(c);
  });
}
std::string html_hexadecimal(std::string_view text) {
  return each_character(text, [](char32_t c) { return is_unreserved(c) ? utf8(c) : format("&#x%X;", c); });
}
std::string html_decimal(std::string_view text) {
  return each_character(text, [](char32_t c) { return is_unreserved(c) ? utf8(c) : format("&#%u;", c); });
}
std::string json(std::string_view text) {
  return each_character(text, [](char32_t c) -> std::string {
    return c == '"'    ? "\\\""
           : c == '\\' ? "\\\\"
           : c == '/'  ? "\\/"
           : c == '\n' ? "\\n"
           : c < 0x20  ? format("\\u%04x", c)
                       : utf8(c);
  });
}
std::string json_ascii(std::string_view text) {
  return each_character(text, [](char32_t c) -> std::string {
    if (c >= 0x10000)
      return format("\\u%04x", 0xD800 + ((c - 0x10000) >> 10)) + format("\\u%04x", 0xDC00 + ((c - 0x10000) & 0x3FF));
    return c == '"' ? "\\\"" : c == '\\' ? "\\\\" : c < 0x20 || c > 0x7E ? format("\\u%04x", c) : utf8(c);
  });
}
std::string python(std::string_view text) {
  return each_character(text, [](char32_t c) -> std::string {
    if (c == '\\' || c == '\'') return "\\" + utf8(c);
    if (c == '\n') return "\\n";
    if (c < 0x20 || (c >= 0x7F && c <= 0xFF)) return format("\\x%02x", c);
    return c < 0x80 ? utf8(c) : c < 0x10000 ? format("\\u%04x", c) : format("\\U%08x", c);
  });
}
std::string python_bytes(std::string_view text) {
  return each_byte(text, [](unsigned char c) -> std::string {
    if (c == '\\' || c == '\'') return std::string("\\") + static_cast<char>(c);
    return c < 0x20 || c >= 0x7F ? format("\\x%02x", c) : std::string(1, static_cast<char>(c));
  });
}
std::string ruby(std::string_view text) {
  return each_character(text, [](char32_t c) -> std::string {
    if (c == '\\' || c == '"' || c == '#') return "\\" + utf8(c);
    if (c == '\n') return "\\n";
    if (c == 0x1B) return "\\e";
    return c < 0x20 ? format("\\x%02X", c) : c < 0x80 ? utf8(c) : format("\\u{%X}", c);
  });
}
std::string sql(std::string_view text) {
  return each_character(text, [](char32_t c) { return c == '\'' ? "''" : utf8(c); });
}
std::string shell(std::string_view text) {
  return each_character(text, [](char32_t c) { return c == '\'' ? "'\\''" : utf8(c); });
}
std::string backslashed(std::string_view text) {
  return each_character(text, [](char32_t c) {
    return c == '\n' ? "'\n'" : is_unreserved(c) ? utf8(c) : "\\" + utf8(c);
  });
}
std::string octal(std::string_view text) {
  return each_byte(text, [](unsigned char c) {
    return std::isalpha(c) ? std::string(1, static_cast<char>(c)) : format("\\%03o", c);
  });
}
std::string base64(std::string_view text) {
  std::string encoded((text.size() + 2) / 3 * 4 + 1, '\0');
  const int length =
      EVP_EncodeBlock(reinterpret_cast<unsigned char*>(encoded.data()),
                      reinterpret_cast<const unsigned char*>(text.data()), static_cast<int>(text.size()));
  encoded.resize(static_cast<std::size_t>(length));
  return encoded;
}

using Encode = std::string (*)(std::string_view);
constexpr std::array<std::pair<const char*, Encode>, 17> encoders = {
    {{"percent", percent},
     {"percent_lower", percent_lower},
     {"form", form},
     {"query", query},
     {"html", html},
     {"html_hexadecimal", html_hexadecimal},
     {"html_decimal", html_decimal},
     {"json", json},
     {"json_ascii", json_ascii},
     {"python", python},
     {"python_bytes", python_bytes},
     {"ruby", ruby},
     {"sql", sql},
     {"shell", shell},
     {"backslashed", backslashed},
     {"octal", octal},
     {"raw", [](std::string_view text) { return std::string(text); }}}};

// Secrets of hard characters. Their ends are letters, so that what stands beside them is distinguished from them.
std::string random_secret(std::mt19937& random) {
  static const std::vector<std::string> alphabet = {
      "a",  "B", "7", "&", "\"", "'",  "\\",     "%",  "+", " ", "/", "<", ">", "=", "#", "$", "`", "{", "~",  "\n",
      "\t", "é", "ß", "‹", "€",  "日", "\u0301", "😀", "n", "x", "u", "0", "f", ";", "-", "_", "?", "!", "25", "amp;"};
  std::string text = "s";
  const std::size_t length = 3 + random() % 14;
  for (std::size_t i = 0; i < length; ++i) text += alphabet[random() % alphabet.size()];
  return text + "t";
}

TEST(RedactorProperty, NoSpellingOfARandomSecretSurvives) {
  std::mt19937 random(20261122);
  for (int round = 0; round < 150; ++round) {
    const std::string characters = random_secret(random);
    Redactor redactor;
    redactor.learn(std::make_shared<const Secret>(std::string(characters), "s"));
    for (const auto& [name, encode] : encoders) {
      const std::string once = encode(characters);
      EXPECT_EQ(redactor.redact("(" + once + ")"), "(‹s›)") << name << " of " << characters << " is " << once;
    }
  }
}

TEST(RedactorProperty, NoTwoSpellingsOverOneAnotherSurvive) {
  std::mt19937 random(1);
  for (int round = 0; round < 12; ++round) {
    const std::string characters = random_secret(random);
    Redactor redactor;
    redactor.learn(std::make_shared<const Secret>(std::string(characters), "s"));
    for (const auto& [inner, encode_inner] : encoders) {
      for (const auto& [outer, encode_outer] : encoders) {
        const std::string twice = encode_outer(encode_inner(characters));
        EXPECT_EQ(redactor.redact("(" + twice + ")"), "(‹s›)")
            << outer << " of " << inner << " of " << characters << " is " << twice;
      }
    }
  }
}

TEST(RedactorProperty, NoBase64OfARandomSecretSurvives) {
  std::mt19937 random(2);
  for (int round = 0; round < 150; ++round) {
    const std::string characters = random_secret(random);
    Redactor redactor;
    redactor.learn(std::make_shared<const Secret>(std::string(characters), "s"));
    const std::string before(random() % 7, 'q'), behind(random() % 7, 'z');
    const std::string encoded = base64(before + characters + behind);
    const std::string redacted = redactor.redact(encoded);
    // Whole groups beside the secret stay; the groups that hold any bit of it are gone.
    const std::size_t kept_before = before.size() * 8 / 6,
                      first_behind = ((before.size() + characters.size()) * 8 + 5) / 6;
    std::string rest = encoded.substr(first_behind);
    if (rest.find_first_not_of('=') == std::string::npos) rest.clear();
    EXPECT_EQ(redacted, encoded.substr(0, kept_before) + "‹s›" + rest) << characters << " in " << encoded;
  }
}

TEST(RedactorProperty, NoBorderLetsASecretThrough) {
  std::mt19937 random(3);
  for (int round = 0; round < 60; ++round) {
    const std::string characters = random_secret(random);
    Redactor redactor;
    redactor.learn(std::make_shared<const Secret>(std::string(characters), "s"));
    std::string text;
    for (const auto& [name, encode] : encoders)
      text += "(" + encode(characters) + ") " + base64("ada:" + characters) + " ";
    text += "."; // that a long text was cut, the stream does not know
    RedactingStream stream(redactor);
    std::string got;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t length = 1 + random() % 9;
      got += stream.push(std::string_view(text).substr(at, length));
      at += length;
    }
    EXPECT_EQ(got + stream.finish(), redactor.redact(text)) << characters;
  }
}

TEST(RedactorProperty, TextWithoutSecretsIsUnchanged) {
  std::mt19937 random(4);
  Redactor redactor;
  redactor.learn(std::make_shared<const Secret>(std::string("p&\"‹é%+ \\"), "s"));
  redactor.learn(std::make_shared<const Secret>(std::string("correct horse battery staple"), "t"));
  for (int round = 0; round < 500; ++round) {
    std::string text;
    const std::size_t length = random() % 80;
    for (std::size_t i = 0; i < length; ++i) text += static_cast<char>(random() % 256); // any bytes, broken UTF-8 too
    EXPECT_EQ(redactor.redact(text), text);
    const std::string other = random_secret(random);
    for (const auto& [name, encode] : encoders) EXPECT_EQ(redactor.redact(encode(other)), encode(other)) << name;
  }
}

} // namespace
} // namespace murphy::record
