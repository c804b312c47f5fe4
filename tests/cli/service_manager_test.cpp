// What systemd hears of a watch.
#include "cli/service_manager.h"

#include "command.h"
#include "target/descriptor.h"

#include <cstring>
#include <gmock/gmock.h>
#include <map>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>
#include <vector>

namespace murphy::cli {
namespace {

using std::chrono::seconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::StartsWith;

// Takes datagrams at a path, or at an abstract name behind an @.
class NotifySocket {
public:
  explicit NotifySocket(const std::string& name) : socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0)) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    name.copy(address.sun_path, sizeof address.sun_path - 1);
    const bool is_abstract = name.starts_with('@');
    if (is_abstract) address.sun_path[0] = '\0';
    const std::size_t length = offsetof(sockaddr_un, sun_path) + name.size() + (is_abstract ? 0 : 1);
    EXPECT_EQ(::bind(socket_.number(), reinterpret_cast<const sockaddr*>(&address), static_cast<socklen_t>(length)), 0);
  }
  std::vector<std::string> taken() const {
    std::vector<std::string> all;
    char buffer[256];
    for (;;) {
      const ssize_t size = ::recv(socket_.number(), buffer, sizeof buffer, 0);
      if (size < 0) return all;
      all.emplace_back(buffer, static_cast<std::size_t>(size));
    }
  }

private:
  target::Descriptor socket_;
};

ServiceManager::Variable variables(std::map<std::string, std::string> values) {
  return [values = std::move(values)](const char* name) {
    const auto found = values.find(name);
    return found == values.end() ? nullptr : found->second.c_str();
  };
}

TEST(ServiceManagers, HearOfEachStep) {
  const reports::ScratchFolder folder;
  const std::string path = (folder.path() / "notify").string();
  const NotifySocket socket(path);
  ServiceManager manager(variables({{"NOTIFY_SOCKET", path}}));
  manager.ready();
  manager.status("17 scenarios watched\nREADY=0");
  manager.reloading();
  manager.stopping();
  EXPECT_THAT(socket.taken(), ElementsAre("READY=1", "STATUS=17 scenarios watched READY=0",
                                          StartsWith("RELOADING=1\nMONOTONIC_USEC="), "STOPPING=1"));
}

TEST(ServiceManagers, MayListenAtAnAbstractName) {
  const std::string name = "@murphy-test-" + std::to_string(getpid());
  const NotifySocket socket(name);
  ServiceManager manager(variables({{"NOTIFY_SOCKET", name}}));
  manager.ready();
  EXPECT_THAT(socket.taken(), ElementsAre("READY=1"));
}

TEST(ServiceManagers, GetSignsOfLifeTwiceInTheirPatience) {
  const reports::ScratchFolder folder;
  const std::string path = (folder.path() / "notify").string();
  const NotifySocket socket(path);
  ServiceManager manager(
      variables({{"NOTIFY_SOCKET", path}, {"WATCHDOG_USEC", "60000000"}, {"WATCHDOG_PID", std::to_string(getpid())}}));
  const std::chrono::steady_clock::time_point begin{};
  for (int second = 0; second <= 60; ++second) manager.beat(begin + seconds(second));
  EXPECT_THAT(socket.taken(), ElementsAre("WATCHDOG=1", "WATCHDOG=1", "WATCHDOG=1")) << "at 0, 30 and 60 s";
  ServiceManager of_another(variables({{"NOTIFY_SOCKET", path}, {"WATCHDOG_USEC", "60000000"}, {"WATCHDOG_PID", "1"}}));
  of_another.beat(begin);
  ServiceManager patient(variables({{"NOTIFY_SOCKET", path}, {"WATCHDOG_USEC", "soon"}}));
  patient.beat(begin);
  EXPECT_THAT(socket.taken(), IsEmpty());
}

TEST(ServiceManagers, ThatAreNotThereAreSaidOnce) {
  const auto said = [](ServiceManager manager) {
    testing::internal::CaptureStderr();
    manager.ready();
    manager.stopping();
    return testing::internal::GetCapturedStderr();
  };
  const reports::ScratchFolder folder;
  EXPECT_EQ(said(ServiceManager(variables({}))), "");
  EXPECT_EQ(said(ServiceManager(variables({{"NOTIFY_SOCKET", (folder.path() / "gone").string()}}))),
            "murphy watch: the socket of NOTIFY_SOCKET does not take what is sent: No such file or directory\n");
  EXPECT_THAT(said(ServiceManager(variables({{"NOTIFY_SOCKET", "/" + std::string(200, 'x')}}))),
              HasSubstr("its name is too long"));
}

} // namespace
} // namespace murphy::cli
