#include "cli/outputs.h"

#include "command.h"
#include "example_run.h"

#include <gmock/gmock.h>
#include <map>
#include <unistd.h>

namespace murphy::cli {
namespace {

using reports::ScratchFolder;
using testing::ElementsAre;
using testing::IsEmpty;

// What is wrong, each as "what; hint", the scratch folder's path taken out.
std::vector<std::string> said(const Errors& errors, const ScratchFolder& folder) {
  std::vector<std::string> all;
  for (const Error& error : errors) {
    std::string text = error.what + "; " + error.hint;
    const std::string path = folder.path().string() + "/";
    for (std::size_t at = text.find(path); at != std::string::npos; at = text.find(path)) text.erase(at, path.size());
    all.push_back(text);
  }
  return all;
}

const char* nothing_set(const char*) { return nullptr; }

const std::string kinds =
    "html, json, junit, junit-strict, har, markdown, github, gitlab, azure, teamcity, tap, prometheus";

TEST(ReportOptions, NameAKindAndAFile) {
  const auto read = read_report_options({"junit=out/run.xml", "junit-strict=a=b.xml", "junit=-"}, nothing_set);
  ASSERT_TRUE(read);
  ASSERT_EQ(read->size(), 3U);
  EXPECT_EQ((*read)[0].kind, reports::report_kind("junit"));
  EXPECT_EQ((*read)[0].file, "out/run.xml");
  EXPECT_EQ((*read)[1].kind->name, "junit-strict");
  EXPECT_EQ((*read)[1].file, "a=b.xml");
  EXPECT_EQ((*read)[2].file, standard_output);
}

TEST(ReportOptions, AreRefusedWithARemedyAllInOneGo) {
  const auto read = read_report_options({"run.xml", "junti=run.xml", "pictures=run.png", "junit="}, nothing_set);
  ASSERT_FALSE(read);
  for (const Error& error : read.error()) EXPECT_EQ(error.kind, ErrorKind::usage);
  EXPECT_THAT(
      said(read.error(), ScratchFolder()),
      ElementsAre("--report does not name a kind of report; write --report KIND=FILE, or --report auto in CI; kinds: " +
                      kinds,
                  "there is no report of kind \"junti\"; did you mean \"junit\"?",
                  "there is no report of kind \"pictures\"; kinds: " + kinds,
                  "the junit report has no file; write --report junit=FILE, or --report junit=- for standard "
                  "output"));
}

// KIND=FILE, with a + in front of a file that is appended to.
std::vector<std::string> chosen(const std::map<std::string, std::string>& variables) {
  const auto read = read_report_options({"auto"}, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
  if (!read) return {read.error().front().what};
  std::vector<std::string> all;
  for (const ReportRequest& request : *read)
    all.push_back((request.placing == Placing::append ? "+" : "") + std::string(request.kind->name) + "=" +
                  request.file);
  return all;
}

TEST(ReportOptions, AutoIsWhatTheCiSystemReads) {
  EXPECT_THAT(chosen({{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", "/tmp/summary"}}),
              ElementsAre("github=-", "+markdown=/tmp/summary"));
  EXPECT_THAT(chosen({{"GITHUB_ACTIONS", "true"}}), ElementsAre("github=-"));
  EXPECT_THAT(chosen({{"GITLAB_CI", "true"}}), ElementsAre("gitlab=gl-code-quality-report.json", "junit=murphy.xml"));
  EXPECT_THAT(chosen({{"TF_BUILD", "True"}}), ElementsAre("azure=-"));
  EXPECT_THAT(chosen({{"TF_BUILD", "True"}, {"AGENT_TEMPDIRECTORY", "/tmp/agent"}}),
              ElementsAre("azure=-", "markdown=/tmp/agent/murphy.md"));
  EXPECT_THAT(chosen({{"BAZEL_TEST", "1"}, {"XML_OUTPUT_FILE", "/tmp/test.xml"}}), ElementsAre("junit=/tmp/test.xml"));
  EXPECT_THAT(chosen({{"TEAMCITY_VERSION", "2025.1"}}), ElementsAre("teamcity=-"));
  EXPECT_THAT(chosen({{"TF_BUILD", "True"}, {"GITLAB_CI", "true"}}),
              ElementsAre(testing::StartsWith("--report auto: this looks like")));
}

TEST(ReportOptions, AutoMakesAzureTakeTheSummaryOnceItIsWritten) {
  const ScratchFolder folder;
  const std::string place = folder.path().string();
  const std::map<std::string, std::string> variables{{"TF_BUILD", "True"}, {"AGENT_TEMPDIRECTORY", place}};
  const auto read = read_report_options({"auto"}, [&](const char* name) {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
  ASSERT_TRUE(read && read->size() == 2U);
  const auto written = [&](const std::vector<ReportRequest>& requests) {
    testing::internal::CaptureStdout();
    const Errors errors = write_reports(reports::example::fold(reports::example::green()), requests);
    return std::pair(testing::internal::GetCapturedStdout(), errors.size());
  };
  const std::string command = "##vso[task.uploadsummary]" + place + "/murphy.md\n";
  EXPECT_EQ(written({read->back()}), std::pair(command, std::size_t{0}));
  EXPECT_THAT(reports::read_file(folder.path() / "murphy.md"), testing::HasSubstr("## ✓ 2 scenarios passed"));
  ReportRequest unwritten = read->back();
  unwritten.file = place + "/murphy.md/below";
  EXPECT_EQ(written({unwritten}), std::pair(std::string(), std::size_t{1})) << "there is no file to take";
}

TEST(ReportOptions, AutoSaysThatThereIsNoCiSystem) {
  testing::internal::CaptureStderr();
  EXPECT_THAT(chosen({}), IsEmpty());
  EXPECT_THAT(testing::internal::GetCapturedStderr(), testing::HasSubstr("no CI system shows"));
}

// Where "junit" and "strict" go, and the journal; every path below the scratch folder but "-" and those of /dev.
struct Places {
  std::string name;
  std::string junit, strict, journal;
  std::vector<std::string> complaints;
};

class OutputsThatMeet : public testing::TestWithParam<Places> {};

TEST_P(OutputsThatMeet, AreRefused) {
  const ScratchFolder folder;
  std::filesystem::create_directory(folder.path() / "folder");
  std::filesystem::create_directory_symlink(folder.path() / "folder", folder.path() / "link");
  folder.file("file", "");
  const auto full = [&](const std::string& path) {
    return path.empty() || path == "-" || path.starts_with('/') ? path : (folder.path() / path).string();
  };
  const Places& places = GetParam();
  Outputs outputs{.reports = {}, .journal = full(places.journal)};
  if (!places.junit.empty()) outputs.reports.push_back({reports::report_kind("junit"), full(places.junit)});
  if (!places.strict.empty()) outputs.reports.push_back({reports::report_kind("junit-strict"), full(places.strict)});
  EXPECT_THAT(said(check_outputs(outputs, {}), folder), testing::ElementsAreArray(places.complaints));
}

INSTANTIATE_TEST_SUITE_P(
    All, OutputsThatMeet,
    testing::Values(
        Places{"Apart", "a.xml", "new/b.xml", "run.jsonl", {}}, Places{"StandardOutput", "-", "b.xml", "run.jsonl", {}},
        Places{"TwoReports",
               "a.xml",
               "a.xml",
               "",
               {"the junit report and the junit-strict report both go to a.xml; name another file for one of them"}},
        Places{"DotsAndALink",
               "folder/new/../a.xml",
               "link/a.xml",
               "",
               {"the junit report and the junit-strict report both go to link/a.xml; name another file for one of "
                "them"}},
        Places{"TheJournal",
               "a.xml",
               "b.xml",
               "b.xml",
               {"the junit-strict report and the journal both go to b.xml; name another file for one of them"}},
        Places{"TwoOnStandardOutput",
               "-",
               "-",
               "",
               {"the junit report and the junit-strict report both go to standard output; name another file for one of "
                "them"}},
        Places{"StandardOutputByItsName",
               "-",
               "",
               "/dev/stdout",
               {"the junit report and the journal both go to /dev/stdout; name another file for one of them"}},
        Places{"OneInTheOther",
               "out",
               "out/b.xml",
               "",
               {"out is a file and a folder: the junit report and the junit-strict report cannot both be written; name "
                "another file for one of them"}},
        Places{"AFolder", "folder", "", "", {"cannot write the report folder: it is a folder; name a file in it"}},
        Places{"BelowAFile",
               "file/new/a.xml",
               "",
               "",
               {"cannot write the report file/new/a.xml: file is not a folder that this user may write to; name a file "
                "in another folder"}}),
    [](const auto& each) { return std::string(each.param.name); });

TEST(Outputs, ReplaceNoFileThatTheCommandReads) {
  const ScratchFolder folder;
  const std::string scenario = folder.file("sign-in.toml", "feature = \"Sign in\"\n").string();
  std::filesystem::create_symlink(scenario, folder.path() / "report.xml");
  const Outputs outputs{.reports = {{reports::report_kind("junit"), (folder.path() / "report.xml").string()}},
                        .journal = scenario};
  const Errors errors = check_outputs(outputs, {"elsewhere.toml", scenario});
  EXPECT_THAT(
      said(errors, folder),
      ElementsAre("the junit report would replace report.xml, which this command reads; name another file",
                  "the journal would replace sign-in.toml, which this command reads; name another file",
                  "the junit report and the journal both go to sign-in.toml; name another file for one of them"));
  for (const Error& error : errors) EXPECT_EQ(error.kind, ErrorKind::usage);
}

TEST(Outputs, ThatCannotBeWrittenKeepNoOtherFromIt) {
  const ScratchFolder folder;
  const std::string good = (folder.path() / "good.xml").string();
  const record::Run run = reports::example::fold(reports::example::green());
  const Errors errors =
      write_reports(run, {{reports::report_kind("junit"), "/dev/full"}, {reports::report_kind("junit-strict"), good}});
  EXPECT_THAT(said(errors, folder), ElementsAre("the report /dev/full cannot be written: No space left on device; "));
  EXPECT_THAT(reports::read_file(good), testing::HasSubstr("<testsuites"));
}

TEST(Outputs, OnStandardOutputAreWrittenThere) {
  testing::internal::CaptureStdout();
  const record::Run run = reports::example::fold(reports::example::green());
  const reports::ReportKind* kind = reports::report_kind("junit");
  EXPECT_THAT(write_reports(run, {{kind, "-"}}), IsEmpty());
  EXPECT_EQ(testing::internal::GetCapturedStdout(), kind->write(run));
}

} // namespace
} // namespace murphy::cli
