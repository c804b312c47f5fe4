#include "cli/file_digest.h"

#include "sample_project.h"

#include <gtest/gtest.h>

namespace murphy::cli {
namespace {

TEST(FileDigest, IsThatOfSha256sum) {
  const SampleProject project;
  project.write("a.toml", "abc");
  EXPECT_EQ(sha256_of(project.path("a.toml"), record::Redactor()),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256_of(project.path("none.toml"), record::Redactor()), std::nullopt);
}

TEST(FileDigest, IsNotGivenOfAFileThatASecretIsWrittenIn) {
  const SampleProject project;
  project.write("a.toml", "password = \"correct horse 9\"");
  record::Redactor redactor;
  EXPECT_TRUE(sha256_of(project.path("a.toml"), redactor));
  redactor.learn(std::make_shared<const Secret>(std::string("correct horse 9"), "ada.password"));
  EXPECT_EQ(sha256_of(project.path("a.toml"), redactor), std::nullopt);
}

} // namespace
} // namespace murphy::cli
