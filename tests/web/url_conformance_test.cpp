// Every http and https case of the web platform's own URL tests.
#include "tests/places.h"
#include "web/url/host.h"
#include "web/url/url.h"

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <fstream>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <iterator>

namespace murphy::web {
namespace {

std::string read_data(const std::string& name) {
  std::ifstream file(in_project("tests/web/data/") + name, std::ios::binary);
  EXPECT_TRUE(file.is_open()) << name;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string text(const boost::json::object& entry, std::string_view key) {
  const auto* value = entry.if_contains(key);
  return value != nullptr && value->is_string() ? std::string(value->as_string()) : std::string();
}

bool is_http(const std::string& href) { return href.starts_with("http:") || href.starts_with("https:"); }

// Domains that browsers load and libidn2 2.3.3 does not, or reads otherwise. No name anyone signs in at is like these.
constexpr std::array beyond_libidn2 = {
    // It applies the hyphen rules of IDNA2008 to labels that are not ASCII; the URL standard has them off.
    std::string_view("a†--"),
    std::string_view("-†"),
    // It applies IDNA2008's list of letters (RFC 5892) on top of UTS 46, which allows symbols.
    std::string_view("x01234567890123456789012345678901234567890123456789012345678901†"),
    std::string_view("www.lookout‧net"),
    // Unicode 16 ignores these two, earlier versions refuse them.
    std::string_view("look\u180Eout.net"),
    std::string_view("look\u206Bout.net"),
    // A symbol again.
    std::string_view("♥.net"),
    // Unicode 16 maps these three, earlier versions refuse them.
    std::string_view("\u04C0.com"),
    std::string_view("\U0002F868.com"),
    std::string_view("\u2183.com"),
    // Unicode 15.1 maps the capital ẞ to ß, earlier versions to ss.
    std::string_view("ẞ.com"),
    std::string_view("ẞ.foo.com"),
};

// The same in urltestdata.json: a snowman.
constexpr std::string_view address_beyond_libidn2 = "https://%e2%98%83";

TEST(UrlConformance, ReadsAddressesAsTheWebPlatformTestsSay) {
  std::size_t cases = 0;
  std::vector<std::string> failed;
  const auto document = boost::json::parse(read_data("urltestdata.json"));
  for (const auto& item : document.as_array()) {
    const auto& entry = item.as_object();
    const std::string input = text(entry, "input");
    const std::string base_text = text(entry, "base");
    const std::string wanted = text(entry, "href");
    ++cases;
    std::optional<Url> base;
    if (is_http(base_text)) base = Url::parse(base_text).value();
    const auto parsed = Url::parse(input, base ? &*base : nullptr);
    if (!is_http(wanted)) {
      // A failure by the standard, or an address of another scheme, which Murphy does not load.
      if (parsed) failed.push_back("read, but must not be: " + input + " → " + parsed->href());
      continue;
    }
    if (input == address_beyond_libidn2) {
      EXPECT_FALSE(parsed.has_value()) << "libidn2 knows it now: take it off the list";
      continue;
    }
    const bool good = parsed && parsed->href() == wanted && parsed->scheme() + ":" == text(entry, "protocol") &&
                      parsed->username() == text(entry, "username") && parsed->password() == text(entry, "password") &&
                      parsed->host() == text(entry, "hostname") && parsed->host_and_port() == text(entry, "host") &&
                      parsed->path() == text(entry, "pathname") &&
                      (!entry.contains("origin") || parsed->origin() == text(entry, "origin"));
    if (!good)
      failed.push_back(input + " on " + base_text + " → " + (parsed ? parsed->href() : parsed.error().what) + ", not " +
                       wanted);
  }
  EXPECT_EQ(cases, 483U);
  EXPECT_THAT(failed, testing::IsEmpty());
}

TEST(UrlConformance, WritesDomainsInAsciiAsTheWebPlatformTestsSay) {
  std::size_t cases = 0;
  std::vector<std::string> differing;
  const auto document = boost::json::parse(read_data("toascii.json"));
  for (const auto& item : document.as_array()) {
    const auto& entry = item.as_object();
    const std::string input = text(entry, "input");
    const auto host = parse_host(input);
    ++cases;
    const bool good = entry.at("output").is_null() ? !host : host && *host == text(entry, "output");
    if (!good) differing.push_back(input);
  }
  EXPECT_EQ(cases, 87U);
  EXPECT_THAT(differing, testing::ElementsAreArray(beyond_libidn2));
}

TEST(UrlConformance, ResolvesLinksAsBrowsersDo) {
  const Url base = Url::parse("http://localhost:8080/app/dir/page?x=1#f").value();
  const std::string lines = read_data("resolve.tsv");
  std::size_t cases = 0;
  for (std::size_t begin = 0; begin < lines.size();) {
    const std::size_t end = std::min(lines.find('\n', begin), lines.size());
    const std::string line = lines.substr(begin, end - begin);
    begin = end + 1;
    const std::size_t tab = line.rfind('\t');
    ASSERT_NE(tab, std::string::npos) << line;
    const std::string wanted = line.substr(tab + 1);
    const auto parsed = Url::parse(line.substr(0, tab), &base);
    ++cases;
    if (is_http(wanted)) {
      ASSERT_TRUE(parsed.has_value()) << line;
      EXPECT_EQ(parsed->href(), wanted) << line;
    } else {
      EXPECT_FALSE(parsed.has_value()) << line;
    }
  }
  EXPECT_EQ(cases, 42U);
}

} // namespace
} // namespace murphy::web
