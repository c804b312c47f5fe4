#include "diagnose/fingerprint.h"

#include "diagnose/suspect_of.h"

#include <gtest/gtest.h>

namespace murphy::diagnose {
namespace {

using record::Confidence;
using record::Layer;
using record::Suspect;

Suspect about(Layer layer, std::string cause, std::string identifier = {}, std::string suggestion = {}) {
  Suspect made = suspect_of(layer, Layer::unknown, Confidence::high, std::move(cause), std::move(identifier));
  made.suggestion = std::move(suggestion);
  return made;
}

TEST(FingerprintOfCause, IsTheSameForOnePairOfNamesHoweverItWasFound) {
  const std::string of_engine = fingerprint_of(
      about(Layer::database, "column \"password_hash\" of users does not exist; users has \"pasword_hash\"",
            "password_hash", "pasword_hash"));
  EXPECT_EQ(of_engine, fingerprint_of(about(Layer::model, "users.password_hash is gone, pasword_hash is new",
                                            "pasword_hash", "password_hash")));
  EXPECT_EQ(of_engine.size(), 16U);
  EXPECT_NE(of_engine, fingerprint_of(about(Layer::model, "users.password_hash is gone, passwd is new", "passwd",
                                            "password_hash")));
}

TEST(FingerprintOfCause, LeavesOutWhatDiffersFromRunToRun) {
  const auto refused = [](const std::string& at, const std::string& file) {
    return fingerprint_of(about(Layer::network, "nothing answers at " + at + ", says " + file));
  };
  EXPECT_EQ(refused("127.0.0.1:5432 since 2026-11-22", "/srv/releases/41/app/db.rb"),
            refused("127.0.0.1:40123 since 2026-12-01", "/home/ci/build/7/app/db.rb"));
  EXPECT_NE(refused("127.0.0.1:5432", "/srv/app/db.rb"), refused("127.0.0.1:5432", "/srv/app/mail.rb"));
}

TEST(FingerprintOfCause, KeepsCausesApart) {
  const std::string cookie = fingerprint_of(about(Layer::session, "the cookie \"sid\" is not set", "sid"));
  EXPECT_NE(cookie, fingerprint_of(about(Layer::session, "the cookie \"sid\" is not renewed", "sid")));
  EXPECT_NE(cookie, fingerprint_of(about(Layer::config, "the cookie \"sid\" is not set", "sid")));
  // Names that differ by a digit alone are two.
  EXPECT_NE(fingerprint_of(about(Layer::model, "a column is missing", "line1")),
            fingerprint_of(about(Layer::model, "a column is missing", "line2")));
}

TEST(FingerprintOfCause, GoesByTheSubjectWhereThereIsOne) {
  Suspect dropped = about(Layer::session, "browsers do not keep the cookie \"sid\": its Domain does not cover", "sid");
  Suspect changed = about(Layer::session, "the cookie \"sid\" has Domain=x where it had none", "Domain");
  EXPECT_NE(fingerprint_of(dropped), fingerprint_of(changed));
  dropped.subject = changed.subject = subject_of_cookie("sid", "Domain");
  EXPECT_EQ(fingerprint_of(dropped), fingerprint_of(changed));
  changed.subject = subject_of_cookie("sid", "Path");
  EXPECT_NE(fingerprint_of(dropped), fingerprint_of(changed));
}

} // namespace
} // namespace murphy::diagnose
