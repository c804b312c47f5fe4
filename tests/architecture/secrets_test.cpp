// Secrets are revealed where they have to be, and nowhere else.
#include "project_files.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace murphy::architecture {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

// A way to get at what a secret holds, the files that may use it, each with the reason, and what to do elsewhere.
struct Door {
  std::set<std::string_view> functions;
  std::map<std::string_view, std::string_view> files;
  std::string_view instead;
};

const std::vector<Door> doors{
    {{"reveal", "reveal_to"},
     {{"harness/base/hmac.cpp", "signs with it"},
      {"harness/cli/alert_channels.cpp", "reads the address of a channel"},
      {"harness/base/environment.cpp", "hands the environment on to the app"},
      {"harness/base/outgoing_text.cpp", "defines it"},
      {"harness/base/outgoing_text.h", "declares it"},
      {"harness/base/sealed_text.cpp", "defines it"},
      {"harness/base/sealed_text.h", "declares it"},
      {"harness/base/secret.cpp", "defines it"},
      {"harness/base/secret.h", "declares it"},
      {"harness/cli/init_proof.cpp", "runs with the password that was typed"},
      {"harness/drive/http_driver.cpp", "gives a session its cookies"},
      {"harness/record/redactor.cpp", "has to know what to mask"},
      {"harness/run/shared/compare.cpp", "compares with what the app shows"},
      {"harness/scenario/variables.cpp", "makes one text of several, and words of a text"},
      {"harness/target/database_address.cpp", "takes the address of a database apart"},
      {"harness/history/store.cpp", "signs in to the database"},
      {"harness/target/database_session.cpp", "signs in to the database"},
      {"harness/target/process.cpp", "gives the app its environment"},
      {"harness/watch/mail/smtp.cpp", "signs in to the mail server"},
      {"harness/watch/store/exclusive_use.cpp", "signs in to the database"},
      {"harness/watch/store/watch_store.cpp", "signs in to the database"},
      {"harness/watch/notify/chat_payload.cpp", "puts the key of a service into what it gets"},
      {"harness/web/forms/entry_list.cpp", "puts the query of a GET into an address"},
      {"harness/web/forms/form_direction.cpp", "sees which way a text runs"},
      {"harness/web/forms/form_encoding.cpp", "encodes what a form sends"},
      {"harness/web/forms/form_filling.cpp", "types into a field"},
      {"harness/web/http/request_text.cpp", "writes the bytes of a request"},
      {"harness/web/navigation/authentication.cpp", "answers the challenge of a server"}},
     "pass the Value, the Secret or the OutgoingText on as it is; show it with shown() or outline(), read plain text "
     "with text()"},
    {{"resolve_words", "in_clear"},
     {{"harness/run/form_rules/form_trial.cpp", "makes values that break the rules of a field"},
      {"harness/run/form_rules/valid_values.cpp", "makes up values of its own"},
      {"harness/run/shared/compare.cpp", "defines in_clear"},
      {"harness/run/shared/compare.h", "declares in_clear"},
      {"harness/run/sign_in_probes/sign_in_probes.cpp", "opens addresses, makes up the names of unknown users"},
      {"harness/run/steps/csrf.cpp", "opens the address that gives the token out"},
      {"harness/run/steps/expect_http.cpp", "looks for addresses"},
      {"harness/run/steps/expect_page.cpp", "looks for labels"},
      {"harness/run/steps/perform.cpp", "opens addresses, finds forms and fields by their words"},
      {"harness/run/shared/dashboard.cpp", "finds the form of the sign-in, opens its page and the dashboard"},
      {"harness/run/steps/csrf.cpp", "opens the address that gives the token"},
      {"harness/run/steps/step.cpp", "opens the dashboard"},
      {"harness/scenario/environment.cpp", "reads a target's address and command"},
      {"harness/scenario/variables.cpp", "defines resolve_words"},
      {"harness/scenario/variables.h", "declares resolve_words"}},
     "resolve() the text and keep the Value; in clear is only what names something on a page or in an address"},
};

// Whether the line calls or declares the function.
bool names(std::string_view line, std::string_view function) {
  line = line.substr(0, line.find("//"));
  for (std::size_t at = line.find(function); at != std::string_view::npos; at = line.find(function, at + 1)) {
    const bool begins = at == 0 || !is_word(line[at - 1]);
    if (begins && line.substr(at + function.size()).starts_with('(')) return true;
  }
  return false;
}

std::vector<std::string> revealing_lines(const SourceFile& file) {
  std::vector<std::string> faults;
  std::size_t number = 0;
  for (const std::string& line : file.lines()) {
    ++number;
    for (const Door& door : doors) {
      for (const std::string_view function : door.functions) {
        if (names(line, function) && !door.files.contains(file.name))
          faults.push_back(fmt::format("{}:{}: calls {}(): {}", file.name, number, function, door.instead));
      }
    }
  }
  return faults;
}

bool is_used(const Door& door, const SourceFile& file) {
  for (const std::string& line : file.lines())
    for (const std::string_view function : door.functions)
      if (names(line, function)) return true;
  return false;
}

TEST(Secrets, AreRevealedInFewFiles) {
  std::vector<std::string> faults;
  std::vector<std::map<std::string_view, std::string_view>> unused;
  for (const Door& door : doors) unused.push_back(door.files);
  for (const SourceFile& file : project_files({"harness", "reports"}, {".h", ".cpp"})) {
    for (std::string& fault : revealing_lines(file)) faults.push_back(std::move(fault));
    for (std::size_t i = 0; i < doors.size(); ++i)
      if (is_used(doors[i], file)) unused[i].erase(file.name);
  }
  EXPECT_THAT(faults, IsEmpty());
  for (const auto& files : unused) EXPECT_THAT(files, IsEmpty()) << "they need it no more: take them off the list";
}

TEST(Secrets, AreFoundRevealedWithARemedy) {
  EXPECT_THAT(revealing_lines({"harness/drive/http_page.cpp", "// reveal() it\nstd::string(reveal(value).view());\n"}),
              ElementsAre("harness/drive/http_page.cpp:2: calls reveal(): pass the Value, the Secret or the "
                          "OutgoingText on as it is; show it with shown() or outline(), read plain text with text()"));
  EXPECT_THAT(revealing_lines({"reports/junit.cpp", "secret->reveal();\nbody.reveal_to(text);\nin_clear(value);\n"}),
              testing::SizeIs(3));
  EXPECT_THAT(revealing_lines({"reports/junit.cpp", "unreveal(value);\nreveal;\n"}), IsEmpty());
  EXPECT_THAT(revealing_lines({"harness/web/http/request_text.cpp", "reveal(value);\n"}), IsEmpty());
}

} // namespace
} // namespace murphy::architecture
