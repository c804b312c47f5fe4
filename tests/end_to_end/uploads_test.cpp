// Files that a form takes: what a server of another language reads of them, and what is said of those that are not
// there.
#include "evidence.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string uploads_app() {
  return fmt::format(
      "url   = \"http://127.0.0.1:${{port}}\"\nstart = \"exec /usr/bin/python3 -u {}/uploads.py ${{port}}\"\nready = "
      "\"/photo\"",
      servers);
}

// Every byte, line ends and what could be taken for a boundary among them.
std::string bytes() {
  std::string all = "\r\n--\r\n";
  for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
  return all;
}

TEST(Uploads, ArriveAsTheyAre) {
  const Project project(uploads_app());
  const Invocation run = project.invocation();
  project.folder().write("scenarios/photos/ada “1”.png", bytes());
  project.folder().write("scenarios/photos/one.txt", "one\n");
  project.folder().write("scenarios/photos/two", "");
  project.folder().write("scenarios/pages.toml", R"toml(feature = "Photo"

[[scenario]]
name  = "one file and several"
steps = [
  { open = "/photo" },
  { submit = "Save", with = { Photo = { file = "photos/ada “1”.png" }, Papers = { file = ["photos/one.txt", "photos/two"] }, "Who sees it" = "Everyone", otp = "123456" }, expect = { title = "Saved", text = ["photo: ada “1”.png image/png 262 b770249e", "papers: one.txt text/plain 4 2c8b08da", "papers: two application/octet-stream 0 e3b0c442", "who=all"] } },
]

[[scenario]]
name  = "sent on purpose, though the field does not accept it"
steps = [
  { open = "/photo" },
  { submit = "Save", send = { photo = { file = "photos/one.txt" } }, with = { otp = "123456" }, expect = { status = 422, field_error = { "name:photo" = "no image", "#photo_id" = "no image" }, no_field_error = ["id:otp_id"] } },
]

[[scenario]]
name  = "an error by every spelling of its field"
steps = [
  { open = "/photo" },
  { submit = "Save", with = { Photo = { file = "photos/ada “1”.png" }, "#otp_id" = "1" }, expect = { field_error = { "One-time code" = "Invalid", "name:otp" = "Invalid", "id:otp_id" = "Invalid", "#otp_id" = "Invalid", ".code" = "Invalid", "[name=otp]" = "Invalid", "one-time-code" = "Invalid", otp = "Invalid" }, no_field_error = ["name:photo", "#papers_id"] } },
]

[[scenario]]
name  = "none chosen"
steps = [
  { open = "/photo" },
  { submit = "Save", with = { otp = "123456" }, expect = { field_error = { Photo = "Choose" } } },
]

[[scenario]]
name  = "a form without its enctype sends the name"
steps = [
  { open = "/plain" },
  { submit = "Save", with = { Photo = { file = "photos/ada “1”.png" } }, expect = { text = "('photo', 'ada “1”.png')" } },
]
)toml");
  const Finished finished = end_to_end::run(run);
  EXPECT_EQ(finished.code, 0) << finished.out << finished.err;
  const record::CaseResult sent = case_of(run_of(project.journal()), "one file and several");
  ASSERT_FALSE(sent.steps.empty());
  EXPECT_THAT(sent.steps.back().evidence.exchanges.at(0).request_body,
              testing::AllOf(HasSubstr("filename=\"ada “1”.png\"\r\nContent-Type: image/png\r\n\r\n‹262 bytes›\r\n"),
                             Not(HasSubstr("one\n"))));
}

TEST(Uploads, ThatAPersonCouldNotChooseFail) {
  const Project project(uploads_app());
  const Invocation run = project.invocation();
  project.folder().write("scenarios/one.txt", "one\n");
  project.folder().write("scenarios/pages.toml", R"toml(feature = "Photo"

[[scenario]]
name  = "another kind of file"
steps = [ { open = "/photo" }, { submit = "Save", with = { Photo = { file = "one.txt" } } } ]

[[scenario]]
name  = "text"
steps = [ { open = "/photo" }, { submit = "Save", with = { Photo = "one.txt" } } ]
)toml");
  const Finished finished = end_to_end::run(run);
  EXPECT_EQ(finished.code, 1) << finished.err;
  EXPECT_THAT(finished.out, HasSubstr("the field \"Photo\" accepts image/*, not \"one.txt\""));
  EXPECT_THAT(finished.out, HasSubstr("the field \"Photo\" takes a file, not text"));
}

TEST(Uploads, ThatAreNotThereAreErrorsBeforeAnythingIsSent) {
  const Project project("url = \"http://127.0.0.1:1\"");
  Invocation check = project.invocation();
  check.arguments = {"check"};
  project.folder().write("scenarios/photos/one.txt", "one\n");
  project.folder().write("scenarios/large.bin", std::string(32 * 1024 * 1024 + 1, 'x'));
  project.folder().write("scenarios/pages.toml", R"toml(feature = "Photo"

[[scenario]]
name  = "missing"
steps = [
  { open = "/photo" },
  { submit = "Save", with = { Photo = { file = "photos/tow.txt" }, Papers = { file = ["photos/one.txt", "photos"] } } },
  { submit = "Save", send = { photo = { file = "large.bin" } } },
]
)toml");
  const Finished finished = end_to_end::run(check);
  EXPECT_EQ(finished.code, 2);
  EXPECT_EQ(finished.err, R"toml(scenarios/pages.toml:7:48: "photos/tow.txt" cannot be uploaded: there is no such file
      { submit = "Save", with = { Photo = { file = "photos/tow.txt" }, Papers = { file = ["photos/one.txt", "photos"] } } },
                                                   ^~~~~~~~~~~~~~~~
  the path is relative to this file: Murphy looked for scenarios/photos/tow.txt

scenarios/pages.toml:7:105: "photos" cannot be uploaded: this is a folder, not a file
      { submit = "Save", with = { Photo = { file = "photos/tow.txt" }, Papers = { file = ["photos/one.txt", "photos"] } } },
                                                                                                            ^~~~~~~~
  name a file in it

scenarios/pages.toml:8:48: "large.bin" cannot be uploaded: the file is larger than 32 MiB
      { submit = "Save", send = { photo = { file = "large.bin" } } },
                                                   ^~~~~~~~~~~
  Murphy uploads at most 32 MiB

3 errors in 2 files read
)toml");
}

} // namespace
} // namespace murphy::end_to_end
