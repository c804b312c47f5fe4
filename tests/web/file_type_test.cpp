#include "web/forms/file_type.h"

#include <gtest/gtest.h>

namespace murphy::web {
namespace {

// Chromium 156 on Debian says the same of each.
TEST(FileType, GoesByTheExtension) {
  EXPECT_EQ(file_type("ada.png"), "image/png");
  EXPECT_EQ(file_type("ADA.JPG"), "image/jpeg");
  EXPECT_EQ(file_type("a.tar.gz"), "application/gzip");
  EXPECT_EQ(file_type(".png"), "image/png");
  EXPECT_EQ(file_type("notes.txt"), "text/plain");
  EXPECT_EQ(file_type("people.csv"), "text/csv");
  EXPECT_EQ(file_type("cv.pdf"), "application/pdf");
  EXPECT_EQ(file_type("noext"), "application/octet-stream");
  EXPECT_EQ(file_type("a.nobody-knows"), "application/octet-stream");
}

TEST(IsAccepted, ByExtensionTypeAndKind) {
  EXPECT_TRUE(is_accepted("ada.png", ""));
  EXPECT_TRUE(is_accepted("ada.png", " , "));
  EXPECT_TRUE(is_accepted("ada.PNG", ".jpg, .png"));
  EXPECT_TRUE(is_accepted("ada.png", "image/*"));
  EXPECT_TRUE(is_accepted("ada.png", "IMAGE/PNG"));
  EXPECT_TRUE(is_accepted("ada.png", "*/*"));
  EXPECT_TRUE(is_accepted("ada.nobody-knows", "application/x-own")) << "it may be one";
  EXPECT_FALSE(is_accepted("ada.nobody-knows", ".png"));
  EXPECT_FALSE(is_accepted("ada.txt", "image/*,.pdf"));
  EXPECT_FALSE(is_accepted("png", ".png"));
}

} // namespace
} // namespace murphy::web
