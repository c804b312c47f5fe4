// A system without the library with which SOCI speaks to an engine: wherever a database is opened, Murphy names the
// package that has it.
#include "evidence.h"
#include "project.h"

#include <fmt/format.h>
#include <gmock/gmock.h>

namespace murphy::end_to_end {
namespace {

using testing::HasSubstr;

class MissingLibrary : public testing::Test {
protected:
  // SOCI looks into the folder that the environment names, and then where the system keeps libraries.
  MissingLibrary() {
    for (const char* engine : {"sqlite3", "postgresql", "mysql"})
      hidden_.write(fmt::format("libsoci_{}.so.4.0", engine), "");
  }

  Finished run_without_libraries(Invocation murphy) const {
    murphy.environment["SOCI_BACKENDS_PATH"] = (hidden_ / "none").string();
    murphy.environment["LD_LIBRARY_PATH"] = hidden_.path().string();
    return run(murphy);
  }

  Finished murphy(const Project& project, std::vector<std::string> arguments) const {
    Invocation invocation = project.invocation();
    invocation.arguments = std::move(arguments);
    return run_without_libraries(std::move(invocation));
  }

  TemporaryFolder hidden_;
};

TEST_F(MissingLibrary, OfTheAppsDatabaseIsNamedByALookAtIt) {
  Project project(misbehaving("database = \"sqlite:app.db\""));
  project.open("/ready");
  const Finished looked = murphy(project, {"snapshot", "scenarios"});
  EXPECT_EQ(looked.code, 3) << looked.out;
  EXPECT_EQ(
      looked.err,
      R"(the database sqlite:app.db could not be read: there is no library for SQLite: the Debian package libsoci-sqlite3-4.0 has it
  install that package; for the archive of a release, install what has libsqlite3.so.0
)");
}

TEST_F(MissingLibrary, IsNamedByTheEvidenceOfAFailure) {
  Project project(misbehaving("database = \"postgresql://murphy@127.0.0.1:1/app\""));
  project.open("/dies");
  run_without_libraries(project.invocation());
  const record::Run run = run_of(project.journal());
  ASSERT_TRUE(run.gathered);
  EXPECT_EQ(run.gathered->database_note,
            "the database postgresql://murphy@127.0.0.1:1/app could not be read: there is no library for PostgreSQL: "
            "the Debian package libsoci-postgresql4.0 has it");
}

TEST_F(MissingLibrary, OfTheHistoryIsNamed) {
  Project project(misbehaving());
  project.open("/ready");
  const std::string settings = read_file(project.folder() / "murphy.toml");
  project.folder().write("murphy.toml", settings + "\n[history]\nstore = \"sqlite:history.db\"\n");
  EXPECT_THAT(run_without_libraries(project.invocation()).err,
              HasSubstr("the history sqlite:history.db: there is no library for SQLite: the Debian package "
                        "libsoci-sqlite3-4.0 has it\n  install that package; for the archive of a release, install "
                        "what has libsqlite3.so.0; murphy history --add JOURNAL adds this run later\n"));
}

TEST_F(MissingLibrary, OfTheStoreOfAWatchIsNamed) {
  Project project("url = \"http://127.0.0.1:1\"");
  project.open("/ready");
  const std::string settings = read_file(project.folder() / "murphy.toml");
  project.folder().write("murphy.toml", settings + "\n[watch]\nstore = \"sqlite:watch.db\"\n");
  const Finished watched = murphy(project, {"watch", "--once"});
  EXPECT_EQ(watched.code, 3) << watched.out;
  EXPECT_EQ(watched.err, "the store of the watch watch.db: there is no library for SQLite: the Debian package "
                         "libsoci-sqlite3-4.0 has it\n  install that package; for the archive of a release, install "
                         "what has libsqlite3.so.0\n");
}

} // namespace
} // namespace murphy::end_to_end
