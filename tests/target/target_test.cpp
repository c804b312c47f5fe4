#include "target/target.h"

#include "support.h"
#include "target/free_port.h"
#include "target/outside_console.h"
#include "tree.h"

#include <arpa/inet.h>
#include <csignal>
#include <cstdint>
#include <filesystem>
#include <fmt/format.h>
#include <fstream>
#include <gmock/gmock.h>
#include <netinet/in.h>
#include <set>
#include <sys/socket.h>
#include <thread>

namespace murphy::target {
namespace {

using namespace std::chrono_literals;
using testing::AllOf;
using testing::ElementsAre;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

using Answer = std::expected<record::Exchange, NoAnswer>;

record::Exchange answer(int status) {
  record::Exchange exchange;
  exchange.status = status;
  return exchange;
}

Answer not_yet(Deadline) { return std::unexpected(NoAnswer{"connection refused"}); }
Answer ok(Deadline) { return answer(200); }

TargetSettings local(std::string command) {
  TargetSettings settings;
  settings.name = "local";
  settings.url = "http://127.0.0.1:1";
  if (!command.empty()) settings.commands = {std::move(command)};
  settings.start_timeout = 60s;
  settings.grace = 200ms;
  return settings;
}

// Ready once the console shows the line: stands for an app that answers when it says so.
class SaysUp {
public:
  explicit SaysUp(Tree& tree) : tree_(&tree) {}
  Answer operator()(Deadline) const {
    return tree_->wait_until_up(1) ? Answer(answer(200)) : std::unexpected(NoAnswer{"not up"});
  }

private:
  Tree* tree_;
};

TEST(RunningTarget, IsReadyWhenItAnswersBelow400) {
  Tree tree;
  std::vector<Answer> answers{std::unexpected(NoAnswer{"connection refused"}), answer(503), answer(400), answer(302)};
  std::size_t asked = 0;
  const auto target = RunningTarget::start(local(tree.prologue() + "echo hello; echo up >&9; exec sleep 1000"),
                                           [&](Deadline) { return answers.at(asked++); }, {});
  ASSERT_TRUE(target);
  EXPECT_EQ(asked, 4U);
  EXPECT_TRUE((*target)->started_by_us());
  EXPECT_TRUE((*target)->alive());
  EXPECT_EQ((*target)->death(), "");
  EXPECT_GT((*target)->waited(), 0us);
  ASSERT_TRUE(tree.wait_until_up(1));
  (*target)->console().drain(std::chrono::steady_clock::now() + 60s);
  EXPECT_THAT(texts((*target)->console().lines_since(0)), ElementsAre("hello"));
  (*target)->stop();
  EXPECT_TRUE(tree.wait_until_gone());
  EXPECT_EQ((*target)->death(), "");
}

TEST(RunningTarget, ThatWasThereIsOnlyAsked) {
  TargetSettings settings = local("");
  const auto target = RunningTarget::start(settings, ok, {});
  ASSERT_TRUE(target);
  EXPECT_FALSE((*target)->started_by_us());
  EXPECT_TRUE((*target)->alive());
  EXPECT_THAT((*target)->console().last(5), IsEmpty());
}

TEST(RunningTarget, ThatWasThereMayHaveAConsole) {
  auto opened = OutsideConsole::open({.file = {}, .command = "echo before; exec cat", .directory = {}});
  ASSERT_TRUE(opened);
  const std::shared_ptr<OutsideConsole> outside = *opened;
  while (outside->console().mark() < 1) outside->console().drain(in_a_minute(), 10ms);
  TargetSettings settings = local("");
  settings.console = {outside, &outside->console()};
  const auto target = RunningTarget::start(settings, ok, {});
  ASSERT_TRUE(target);
  EXPECT_EQ(&(*target)->console(), &outside->console());
  EXPECT_EQ((*target)->began(), 1U);
  EXPECT_THAT((*target)->console_of_start(), IsEmpty()) << "it is from before";
  EXPECT_TRUE((*target)->alive()) << "a command that reads the console is not the app";
}

TEST(RunningTarget, ThatIsNotReadyIsReportedWithTheConsoleThatOthersWrite) {
  const std::filesystem::path log =
      std::filesystem::temp_directory_path() / fmt::format("murphy-console-{}.log", getpid());
  std::ofstream(log) << "before\n";
  auto opened = OutsideConsole::open({.file = log.string(), .command = {}, .directory = {}});
  ASSERT_TRUE(opened);
  TargetSettings settings = local("");
  settings.console = {*opened, &(*opened)->console()};
  settings.patience = 0ms;
  const auto target = RunningTarget::start(settings,
                                           [&](Deadline) {
                                             std::ofstream(log, std::ios::app) << "boom\n";
                                             return Answer(answer(500));
                                           },
                                           {});
  std::filesystem::remove(log);
  ASSERT_FALSE(target);
  EXPECT_THAT(texts(target.error().console), ElementsAre("boom"));
  EXPECT_EQ(target.error().loss, record::AppLoss::broken);
}

TEST(RunningTarget, ThatIsNotThereIsAnErrorThatSaysWhatTheLastAttemptGot) {
  TargetSettings settings = local("");
  settings.start_timeout = 30ms;
  const auto target = RunningTarget::start(settings, not_yet, {});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.kind, ErrorKind::target);
  EXPECT_EQ(target.error().error.what, "target \"local\" could not be reached within 0.03 s: connection refused");
  EXPECT_EQ(target.error().error.hint, "start the app first, or add a `start` command to the target");
  EXPECT_EQ(target.error().loss, record::AppLoss::unreachable);
}

// Nobody is to wonder for half a minute what Murphy does.
TEST(RunningTarget, ThatIsNotThereIsSaidToBeWaitedForOnce) {
  std::vector<std::string> said;
  TargetSettings settings = local("");
  settings.start_timeout = 60ms;
  settings.waits = [&](const std::string& words) { said.push_back(words); };
  EXPECT_FALSE(RunningTarget::start(settings, not_yet, {}));
  EXPECT_THAT(said, ElementsAre("http://127.0.0.1:1 does not answer yet: waiting for it, 0.06 s at most "
                                "(`start_timeout`)"));
  said.clear();
  EXPECT_FALSE(RunningTarget::start(settings, [](Deadline) { return Answer(answer(503)); }, {}));
  EXPECT_THAT(said, ElementsAre(StartsWith("http://127.0.0.1:1 answers 503: waiting for it, ")));
  said.clear();
  EXPECT_FALSE(RunningTarget::start(settings, {{"http://127.0.0.1:1/health?token=4f9c1d2e", not_yet}}, {}));
  EXPECT_THAT(said, ElementsAre(StartsWith("http://127.0.0.1:1/health does not answer yet: ")));
  said.clear();
  EXPECT_TRUE(RunningTarget::start(settings, ok, {}));
  EXPECT_THAT(said, IsEmpty());
  settings.commands = {"exec sleep 1000"};
  EXPECT_FALSE(RunningTarget::start(settings, not_yet, {}));
  EXPECT_THAT(said, IsEmpty()) << "an app that was just started is never there at once";
}

TEST(RunningTarget, WhoseCertificateIsNotAcceptedIsAskedOnce) {
  int asked = 0;
  const ReadyCheck expired = [&](Deadline) -> Answer {
    ++asked;
    return std::unexpected(
        NoAnswer{.why = "https://app.test: the certificate expired", .hint = "renew it", .is_lasting = true});
  };
  for (const char* command : {"", "exec sleep 1000"}) {
    asked = 0;
    const auto target = RunningTarget::start(local(command), expired, {});
    ASSERT_FALSE(target);
    EXPECT_EQ(asked, 1);
    EXPECT_EQ(target.error().error.kind, ErrorKind::target);
    EXPECT_EQ(target.error().error.what,
              "target \"local\" cannot be reached: https://app.test: the certificate expired");
    EXPECT_EQ(target.error().error.hint, "renew it");
    EXPECT_EQ(target.error().loss, record::AppLoss::unreachable);
  }
}

TEST(RunningTarget, ThatDiesAtOnceIsNamedWithItsLastLines) {
  const auto target = RunningTarget::start(local("echo loading; echo no such table: users >&2; exit 1"), not_yet, {});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.kind, ErrorKind::target);
  EXPECT_EQ(target.error().error.what, "the app of target \"local\" exited with 1 before it was ready");
  EXPECT_EQ(target.error().error.hint, "see its console; try `start` by hand in the working directory");
  EXPECT_THAT(texts(target.error().console), ElementsAre("loading", "no such table: users"));
  EXPECT_EQ(target.error().loss, record::AppLoss::broken);
}

TEST(RunningTarget, WhoseProgramIsMissingSaysWhereItWasLookedFor) {
  const TemporaryDirectory folder;
  TargetSettings settings = local("bin/servr --port 8080");
  settings.directory = folder.path;
  const auto target = RunningTarget::start(settings, not_yet, {});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.what, "the app of target \"local\" exited with 127 before it was ready");
  EXPECT_EQ(target.error().error.hint,
            "the shell did not find a program in `start`; it runs in " + folder.path.string());
  EXPECT_THAT(texts(target.error().console), ElementsAre(AllOf(HasSubstr("bin/servr"), EndsWith("not found"))));
  EXPECT_EQ(target.error().loss, record::AppLoss::unreachable) << "it is `start` that is wrong";
}

TEST(RunningTarget, WhoseProgramMayNotRunSaysSo) {
  const TemporaryDirectory folder;
  Descriptor(open((folder.path / "server").c_str(), O_WRONLY | O_CREAT, 0600));
  TargetSettings settings = local("./server");
  settings.directory = folder.path;
  const auto target = RunningTarget::start(settings, not_yet, {});
  ASSERT_FALSE(target);
  EXPECT_THAT(target.error().error.hint, StartsWith("a program in `start` is not executable (chmod +x?)"));
  EXPECT_THAT(texts(target.error().console), ElementsAre(EndsWith("Permission denied")));
}

TEST(RunningTarget, MustStayInTheForeground) {
  const auto target = RunningTarget::start(local("sleep 1000 & exit 0"), not_yet, {});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.what, "the app of target \"local\" exited with 0 before it was ready");
  EXPECT_THAT(target.error().error.hint, HasSubstr("foreground"));
  EXPECT_EQ(target.error().loss, record::AppLoss::unreachable);
}

TEST(RunningTarget, IsNotReadyWhenAnotherProgramAnswersInItsPlace) {
  Tree tree;
  // Somebody answers, but not well until our app has gone.
  const auto another = [&](Deadline) -> Answer {
    tree.wait_until_gone();
    return answer(503);
  };
  const auto target = RunningTarget::start(local(tree.prologue() + "echo up >&9; exit 9"), another, {});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.what, "the app of target \"local\" exited with 9 before it was ready");
}

TEST(RunningTarget, ThatIsNeverReadyIsStopped) {
  Tree tree;
  TargetSettings settings = local(tree.prologue() + "echo starting; echo up >&9; exec sleep 1000");
  settings.start_timeout = 100ms;
  const auto target = RunningTarget::start(settings,
                                           [&](Deadline) -> Answer {
                                             tree.wait_until_up(1);
                                             return answer(503);
                                           },
                                           {});
  ASSERT_FALSE(target);
  EXPECT_TRUE(tree.wait_until_gone());
  EXPECT_EQ(target.error().error.what,
            "the app of target \"local\" was not ready within 0.1 s: http://127.0.0.1:1 answered 503");
  EXPECT_THAT(target.error().error.hint, HasSubstr("`start_timeout`"));
  EXPECT_THAT(texts(target.error().console), ElementsAre("starting"));
}

TEST(RunningTarget, ThatAnswersWithServerErrorsIsBrokenAndNotAwaitedForLong) {
  Tree tree;
  TargetSettings settings = local(tree.prologue() + "echo no such table; echo up >&9; exec sleep 1000");
  settings.patience = 0ms;
  std::vector<std::string> log;
  const std::vector<ReadyPage> page{{"http://127.0.0.1:1", [&](Deadline) -> Answer {
                                       tree.wait_until_up(1);
                                       record::Exchange failed = answer(500);
                                       failed.body = "OperationalError";
                                       return failed;
                                     }}};
  const auto target =
      RunningTarget::start(settings, page, {}, [&](const TargetSettings& of) { log.push_back(of.name); });
  ASSERT_FALSE(target);
  EXPECT_THAT(log, ElementsAre("local")) << "told before it was stopped";
  EXPECT_TRUE(tree.wait_until_gone());
  EXPECT_EQ(target.error().loss, record::AppLoss::broken);
  EXPECT_EQ(target.error().error.what,
            "the app of target \"local\" answers with server errors for 0 s: http://127.0.0.1:1 answered 500");
  EXPECT_THAT(target.error().error.hint, HasSubstr("open that page"));
  ASSERT_EQ(target.error().exchanges.size(), 1U);
  EXPECT_EQ(target.error().exchanges.front().body, "OperationalError");
  EXPECT_THAT(texts(target.error().console), ElementsAre("no such table"));
}

TEST(RunningTarget, ThatSaysItIsNotThereYetIsAwaited) {
  TargetSettings settings = local("exec sleep 1000");
  settings.patience = 0ms;
  for (const int status : {502, 503, 504}) {
    std::vector<Answer> answers{answer(status), answer(status), answer(200)};
    std::size_t asked = 0;
    EXPECT_TRUE(RunningTarget::start(settings, [&](Deadline) { return answers.at(asked++); }, {})) << status;
  }
}

TEST(RunningTarget, ThatIsNotBehindItsGatewayCannotBeReached) {
  TargetSettings settings = local("");
  settings.start_timeout = 0ms;
  for (const auto& [status, loss] :
       {std::pair(502, record::AppLoss::unreachable), std::pair(504, record::AppLoss::unreachable),
        std::pair(503, record::AppLoss::broken), std::pair(404, record::AppLoss::unreachable)}) {
    const auto target = RunningTarget::start(settings, [&](Deadline) -> Answer { return answer(status); }, {});
    ASSERT_FALSE(target);
    EXPECT_EQ(target.error().loss, loss) << status;
  }
}

TEST(RunningTarget, IsStoppedWhenTheWaitIsInterrupted) {
  Tree tree;
  std::stop_source stop;
  const auto target = RunningTarget::start(
      local(tree.prologue() + "echo up >&9; exec sleep 1000"),
      [&](Deadline) -> Answer {
        tree.wait_until_up(1);
        stop.request_stop();
        return answer(503);
      },
      stop.get_token());
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.kind, ErrorKind::interrupted);
  EXPECT_TRUE(tree.wait_until_gone());
}

TEST(RunningTarget, ThatIsAwaitedElsewhereIsInterruptedToo) {
  TargetSettings settings = local("");
  std::stop_source stop;
  std::jthread interrupter;
  const auto target = RunningTarget::start(
      settings,
      [&](Deadline) -> Answer {
        if (!interrupter.joinable()) interrupter = std::jthread([&] { stop.request_stop(); });
        return answer(503);
      },
      stop.get_token());
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.kind, ErrorKind::interrupted);
}

TEST(RunningTarget, ThatDiesLaterSaysHowWithItsLastLines) {
  Tree tree;
  const TemporaryDirectory folder;
  const std::string go = folder.path / "go";
  ASSERT_EQ(mkfifo(go.c_str(), 0600), 0);
  const auto target = RunningTarget::start(
      local(fmt::format("{}echo serving; echo up >&9; read line <'{}'; echo panic: no user; kill -SEGV $$",
                        tree.prologue(), go)),
      SaysUp(tree), {});
  ASSERT_TRUE(target);
  EXPECT_TRUE((*target)->alive());
  Descriptor(open(go.c_str(), O_WRONLY | O_CLOEXEC)); // lets it go on
  ASSERT_TRUE(tree.wait_until_gone());
  while ((*target)->alive()) std::this_thread::yield();
  EXPECT_EQ((*target)->death(), "the app of target \"local\" was killed by signal 11 (Segmentation fault)");
  const record::TargetLost lost = (*target)->lost();
  EXPECT_EQ(lost.error.kind, ErrorKind::target);
  EXPECT_EQ(lost.error.what, (*target)->death());
  EXPECT_THAT(texts(lost.console), ElementsAre("serving", "panic: no user"));
  EXPECT_EQ(lost.loss, record::AppLoss::died);
  (*target)->stop();
  EXPECT_FALSE((*target)->alive());
}

TEST(RunningTarget, RefusesAPortThatIsInUse) {
  Descriptor other(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  ASSERT_EQ(bind(other.number(), reinterpret_cast<sockaddr*>(&address), size), 0);
  ASSERT_EQ(listen(other.number(), 1), 0);
  getsockname(other.number(), reinterpret_cast<sockaddr*>(&address), &size);
  TargetSettings settings = local("exec sleep 1000");
  settings.ports = {ntohs(address.sin_port)};
  const auto target = RunningTarget::start(settings, ok, {});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.kind, ErrorKind::target);
  EXPECT_EQ(target.error().error.what,
            fmt::format("port {} is in use by test_target, pid {}", settings.ports.front(), getpid()));
  EXPECT_EQ(target.error().error.hint,
            "stop that program, or write ${port} in the target's `url` and `start` for a free port");
}

// A server in Python on the port it is given; it waits for nobody and answers everything.
std::string python_server(std::uint16_t port) {
  return fmt::format("exec python3 -u -c 'import socketserver; "
                     "s = socketserver.TCPServer((\"127.0.0.1\", {}), socketserver.BaseRequestHandler); "
                     "print(\"serving\"); s.serve_forever()'",
                     port);
}

ReadyCheck connects_to(std::uint16_t port) {
  return [port](Deadline) -> Answer {
    const Descriptor client(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (connect(client.number(), reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
      return std::unexpected(NoAnswer{"connection refused"});
    }
    return answer(200);
  };
}

using Ports = std::vector<std::uint16_t>;

ReadyAttempt attempt(std::string command, ReadyCheck ready) {
  TargetSettings settings = local(std::move(command));
  const std::string address = settings.url;
  return {std::move(settings), {{address, std::move(ready)}}, {}};
}

TEST(StartOnFreePorts, StartsARealServer) {
  const auto target = start_on_free_ports(
      1, [](const Ports& ports) { return attempt(python_server(ports[0]), connects_to(ports[0])); }, {});
  ASSERT_TRUE(target) << target.error().error.what;
  const std::uint16_t port = (*target)->settings().ports.front();
  EXPECT_TRUE(port_holder(port)->starts_with("python3"));
  (*target)->stop();
  EXPECT_FALSE(port_holder(port));
}

TEST(StartOnFreePorts, AreAllDifferent) {
  const auto target = start_on_free_ports(8,
                                          [](const Ports& ports) {
                                            EXPECT_EQ(std::set(ports.begin(), ports.end()).size(), 8U);
                                            return attempt("exec sleep 1000", ok);
                                          },
                                          {});
  ASSERT_TRUE(target) << target.error().error.what;
  EXPECT_EQ((*target)->settings().ports.size(), 8U);
}

TEST(StartOnFreePorts, TriesOthersWhenOneWasTakenMeanwhile) {
  std::vector<Ports> tried;
  const auto target =
      start_on_free_ports(1,
                          [&](const Ports& ports) {
                            tried.push_back(ports);
                            if (tried.size() > 1) return attempt(python_server(ports[0]), connects_to(ports[0]));
                            return attempt("echo 'OSError: [Errno 98] Address already in use'; exit 1", not_yet);
                          },
                          {});
  ASSERT_TRUE(target) << target.error().error.what;
  EXPECT_THAT(tried, testing::SizeIs(2));
}

TEST(StartOnFreePorts, GivesUpAfterTheSecondAttemptAndAtOnceForOtherReasons) {
  int attempts = 0;
  const auto starting = [&](const char* command) {
    attempts = 0;
    return start_on_free_ports(1,
                               [&attempts, command](const Ports&) {
                                 ++attempts;
                                 return attempt(command, not_yet);
                               },
                               {});
  };
  EXPECT_FALSE(starting("echo EADDRINUSE; exit 1"));
  EXPECT_EQ(attempts, 2);
  EXPECT_FALSE(starting("echo no database; exit 1"));
  EXPECT_EQ(attempts, 1);
}

// What two commands wrote, each of which is ready when its page is.
TEST(RunningTarget, OfSeveralPartsStartsEachWhenThePageOfTheOneBeforeIsReady) {
  Tree tree;
  TargetSettings settings = local("echo provider; echo up >&9; exec sleep 1000");
  settings.commands = {tree.prologue() + "echo provider; echo up >&9; exec sleep 1000",
                       tree.prologue() + "echo app; echo up >&9; exec sleep 1000"};
  std::vector<std::string> asked;
  const auto page = [&](std::string name, int up) {
    return ReadyPage{"http://" + name + ".test", [&asked, &tree, name, up](Deadline) -> Answer {
                       asked.push_back(name);
                       return tree.wait_until_up(up) ? Answer(answer(200)) : std::unexpected(NoAnswer{"not up"});
                     }};
  };
  const auto target = RunningTarget::start(settings, {page("provider", 1), page("app", 2)}, {});
  ASSERT_TRUE(target) << target.error().error.what;
  EXPECT_THAT(asked, ElementsAre("provider", "app"));
  EXPECT_TRUE((*target)->alive());
  (*target)->console().drain(std::chrono::steady_clock::now() + 60s);
  EXPECT_THAT(texts((*target)->console().lines_since(0)), ElementsAre("provider", "app"));
  (*target)->stop();
  EXPECT_TRUE(tree.wait_until_gone());
}

TEST(RunningTarget, OfSeveralPartsNamesTheCommandThatEnded) {
  TargetSettings settings = local("");
  settings.commands = {"exec sleep 1000", "echo no such table; exit 3"};
  const auto target = RunningTarget::start(settings, not_yet, {});
  ASSERT_FALSE(target);
  EXPECT_EQ(target.error().error.what,
            "the command \"echo no such table; exit 3\" of target \"local\" exited with 3 before it was ready");
  EXPECT_THAT(texts(target.error().console), ElementsAre("no such table"));
}

TEST(RunningTarget, OfSeveralPartsIsLostWithAnyOfThem) {
  Tree tree;
  const TemporaryDirectory folder;
  const std::string go = folder.path / "go";
  TargetSettings settings = local("");
  settings.commands = {"until [ -e '" + go + "' ]; do sleep 0.01; done; exit 4", "exec sleep 1000"};
  const auto target = RunningTarget::start(settings, ok, {});
  ASSERT_TRUE(target) << target.error().error.what;
  EXPECT_TRUE((*target)->alive());
  Descriptor(open(go.c_str(), O_WRONLY | O_CREAT, 0600));
  while ((*target)->alive()) std::this_thread::yield();
  EXPECT_THAT((*target)->death(), AllOf(StartsWith("the command \"until"), EndsWith("exited with 4")));
}

} // namespace
} // namespace murphy::target
