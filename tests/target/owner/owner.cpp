// Starts the command it is given and owns it until it is interrupted, as Murphy owns the app under test.
#include "target/process.h"

#include <csignal>
#include <cstdio>
#include <unistd.h>

int main(int count, char** arguments) {
  if (count != 2) return 2;
  sigset_t interrupts;
  sigemptyset(&interrupts);
  sigaddset(&interrupts, SIGINT);
  sigprocmask(SIG_BLOCK, &interrupts, nullptr);
  const auto process = murphy::target::Process::start(
      {.command = arguments[1], .directory = "", .environment = {}, .grace = std::chrono::milliseconds(200)});
  if (!process) return 1;
  std::puts("owning");
  std::fflush(stdout);
  int signal = 0;
  sigwait(&interrupts, &signal);
  return 0;
}
