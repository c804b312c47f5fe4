// Content Security Policy, as Chromium reads it: tests/conformance asks the browser itself.
#include "web/policy/page_policy.h"

#include "parsed_url.h"

#include <gtest/gtest.h>
#include <string>
#include <vector>

namespace murphy::web {
namespace {

PagePolicy of_page(const std::string& policy, std::string_view page = "http://app.test:8080/login") {
  return PagePolicy(url(page), {{"Content-Security-Policy", policy}});
}

bool allows_form(const std::string& policy, std::string_view target, Reached reached = Reached::directly) {
  return !of_page(policy).forbids_form(url(target), reached);
}

struct FormCase {
  std::string policy, target;
  bool allowed;
};

TEST(FormAction, MatchesWhereFormsMayGo) {
  const FormCase cases[] = {
      {"form-action 'none'", "http://app.test:8080/x", false},
      {"form-action", "http://app.test:8080/x", false},
      {"form-action 'self'", "http://app.test:8080/x", true},
      {"form-action 'self'", "http://app.test/x", false},
      {"form-action 'self'", "https://app.test:8080/x", false},
      {"form-action 'self'", "http://id.test/x", false},
      {"default-src 'none'", "http://id.test/x", true},
      {"FORM-ACTION 'SELF'", "http://id.test/x", false},
      {"form-action *", "https://id.test/x", true},
      {"form-action https:", "http://id.test/x", false},
      {"form-action https:", "https://id.test/x", true},
      {"form-action http:", "https://id.test/x", true},
      {"form-action id.test", "http://id.test/x", true},
      {"form-action id.test", "https://id.test/x", true},
      {"form-action id.test", "http://id.test:81/x", false},
      {"form-action id.test:*", "http://id.test:81/x", true},
      {"form-action https://id.test", "http://id.test/x", false},
      {"form-action http://id.test", "https://id.test/x", true},
      {"form-action http://id.test:81", "https://id.test:81/x", false},
      {"form-action *.id.test", "http://a.b.id.test/x", true},
      {"form-action *.id.test", "http://id.test/x", false},
      {"form-action *.id.test", "http://bid.test/x", false},
      {"form-action id.test/in/", "http://id.test/in/x", true},
      {"form-action id.test/in", "http://id.test/in/x", false},
      {"form-action id.test/%69n", "http://id.test/in", true},
      {"form-action id.test/in?q=1#f", "http://id.test/in", true},
      {"form-action 127.0.0.1:*", "http://127.0.0.1:9/x", true},
      {"form-action 'self'; form-action *", "http://id.test/x", false},
      {" ;; form-action\t'none' ;", "http://id.test/x", false},
      {"form-action *, form-action 'self'", "http://id.test/x", false},
      {"form-action 'bogus' ^", "http://app.test:8080/x", false},
      {"", "http://id.test/x", true},
  };
  for (const auto& [policy, target, allowed] : cases)
    EXPECT_EQ(allows_form(policy, target), allowed) << policy << " " << target;
}

TEST(FormAction, LooksAtNoPathBehindARedirect) {
  EXPECT_TRUE(allows_form("form-action id.test/in", "http://id.test/x", Reached::by_redirect));
  EXPECT_FALSE(allows_form("form-action id.test/in", "http://other.test/in", Reached::by_redirect));
}

TEST(PagePolicy, ThatOnlyReportsForbidsNothing) {
  const PagePolicy policy(url("http://app.test/"), {{"Content-Security-Policy-Report-Only", "form-action 'none'"}});
  EXPECT_FALSE(policy.forbids_form(url("http://app.test/"), Reached::directly));
}

TEST(PagePolicy, SaysWhichOfSeveralForbids) {
  PagePolicy policy(url("http://app.test/"), {{"content-security-policy", "form-action 'self'"}});
  policy.add_meta("default-src *;  form-action   https:", 3);
  const auto forbidden = policy.forbids_form(url("http://app.test/"), Reached::directly);
  EXPECT_EQ(forbidden, (record::Policy{record::Policy::From::meta, "form-action https:"}));
}

struct ScriptCase {
  std::string policy;
  bool element, handler;
};

TEST(ScriptSrc, SaysWhichInlineScriptsRun) {
  // of "go()": printf 'go()' | openssl dgst -sha256 -binary | base64
  const std::string hash = "'sha256-" + base64_digest(DigestKind::sha256, "go()") + "'";
  const ScriptCase cases[] = {
      {"", true, true},
      {"object-src 'none'", true, true},
      {"script-src 'self'", false, false},
      {"default-src 'self'", false, false},
      {"script-src 'unsafe-inline'", true, true},
      {"default-src 'none'; script-src 'unsafe-inline'", true, true},
      {"script-src 'none'; script-src-elem 'unsafe-inline'", true, false},
      {"script-src 'none'; script-src-attr 'unsafe-inline'", false, true},
      {"script-src 'nonce-abc'", true, false},
      {"script-src 'nonce-ABC'", false, false},
      {"script-src 'nonce-x' 'unsafe-inline'", false, false},
      {"script-src 'strict-dynamic' 'unsafe-inline'", false, false},
      {"script-src " + hash, true, false},
      {"script-src 'unsafe-hashes' " + hash, true, true},
      {"script-src 'sha512-" + base64_digest(DigestKind::sha512, "go()") + "'", true, false},
      {"script-src 'sha256-AAAA' 'unsafe-inline'", false, false},
      {"script-src 'unsafe-inline', default-src 'self'", false, false},
      {"sandbox allow-forms", false, false},
      {"sandbox allow-scripts", true, true},
  };
  for (const auto& [policy, element, handler] : cases) {
    EXPECT_EQ(!of_page(policy).forbids({InlineScript::Kind::element, "go()", "abc", 5}), element) << policy;
    EXPECT_EQ(!of_page(policy).forbids({InlineScript::Kind::handler, "go()", {}, 5}), handler) << policy;
  }
}

TEST(ScriptSrc, OfAMetaIsForWhatStandsBehindIt) {
  PagePolicy policy(url("http://app.test/"), {});
  policy.add_meta("script-src 'none'; sandbox", 10);
  EXPECT_FALSE(policy.forbids({InlineScript::Kind::element, "go()", {}, 5}));
  EXPECT_TRUE(policy.forbids({InlineScript::Kind::element, "go()", {}, 15}));
  EXPECT_FALSE(policy.sandboxes(SandboxFlag::forms)) << "a meta cannot sandbox its page";
}

TEST(Sandbox, KeepsWhatItDoesNotAllow) {
  EXPECT_TRUE(of_page("sandbox").sandboxes(SandboxFlag::forms));
  EXPECT_FALSE(of_page("sandbox ALLOW-FORMS").sandboxes(SandboxFlag::forms));
  EXPECT_TRUE(of_page("sandbox allow-forms, sandbox").sandboxes(SandboxFlag::forms));
  EXPECT_TRUE(of_page("sandbox allow-forms").sandboxes(SandboxFlag::same_origin));
  EXPECT_FALSE(of_page("script-src 'none'").sandboxes(SandboxFlag::scripts));
}

TEST(PagePolicy, UpgradesInsecureRequests) {
  EXPECT_TRUE(of_page("default-src *; upgrade-insecure-requests").upgrades_insecure_requests());
  EXPECT_FALSE(of_page("default-src *").upgrades_insecure_requests());
}

TEST(PagePolicy, SaysWhichFramesItHasAndIsIn) {
  EXPECT_TRUE(of_page("frame-src 'none'").forbids_frame(url("http://app.test:8080/f"), Reached::directly));
  EXPECT_FALSE(
      of_page("default-src 'none'; child-src 'self'").forbids_frame(url("http://app.test:8080/f"), Reached::directly));
  EXPECT_TRUE(of_page("frame-ancestors 'none'").forbids_parent(url("http://app.test:8080/")));
  EXPECT_FALSE(of_page("frame-ancestors 'self'").forbids_parent(url("http://app.test:8080/")));
}

} // namespace
} // namespace murphy::web
