// The project stands on its own: none of its files leads to a place outside it on somebody's machine.
#include "project_files.h"

#include <array>
#include <cctype>
#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// Put together here, so that this file does not name them itself.
const std::array<std::string, 2> private_places{std::string("/wo") + "rk/", std::string("/ro") + "ot/"};

// Places where such a path starts: in the middle of a longer path or address they do not count.
bool names_place(std::string_view line, std::string_view place) {
  for (std::size_t at = line.find(place); at != std::string_view::npos; at = line.find(place, at + 1)) {
    if (at == 0) return true;
    const char before = line[at - 1];
    if (std::isalnum(static_cast<unsigned char>(before)) == 0 &&
        std::string_view("._-/}>*").find(before) == std::string_view::npos) {
      return true;
    }
  }
  return false;
}

std::vector<std::string> faults_of(const SourceFile& file) {
  std::vector<std::string> faults;
  std::size_t number = 0;
  for (const std::string& line : file.lines()) {
    ++number;
    for (const std::string& place : private_places) {
      if (names_place(line, place)) {
        faults.push_back(
            fmt::format("{}:{}: names {}; copy what is needed into the project, or take its place as an argument",
                        file.name, number, place));
      }
    }
  }
  return faults;
}

TEST(Paths, LeadNowhereOutsideTheProject) {
  std::vector<std::string> faults;
  const auto files = project_files({""});
  EXPECT_GT(files.size(), 100U);
  for (const SourceFile& file : files) {
    for (std::string& fault : faults_of(file)) faults.push_back(std::move(fault));
  }
  EXPECT_THAT(faults, IsEmpty());
}

TEST(Paths, AreFoundWhereTheyStart) {
  const std::string& place = private_places.front();
  EXPECT_THAT(faults_of({"docs/a.md", "see\n`" + place + "shared`\n"}),
              ElementsAre("docs/a.md:2: names " + place +
                          "; copy what is needed into the project, or take its place as an argument"));
  EXPECT_THAT(faults_of({"docs/a.md", "http://example.com" + place + "\nsome" + place + "\n"}), IsEmpty());
}

} // namespace
} // namespace murphy::architecture
