// The cases of a run beside one another, and one of them alone.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace murphy::run {

// Who wants to be alone waits until the cases that run have ended; meanwhile no other begins. Safe for several threads.
class Lane {
public:
  // A case that runs, from its construction until it leaves. Blocks while somebody is alone or wants to be.
  class Case {
  public:
    explicit Case(Lane& lane);
    ~Case() { leave(); }
    Case(const Case&) = delete;
    Case& operator=(const Case&) = delete;
    // Whether another ran at any time since this one began.
    bool had_company() const;
    // Harmless when repeated.
    void leave();

  private:
    Lane& lane_;
    std::uint64_t begun_ = 0; // cases that had begun when this one had
    bool joined_others_ = false;
    bool left_ = false;
  };

  // The time that nobody else runs in. Blocks until then. To be asked for by who has left.
  class Alone {
  public:
    explicit Alone(Lane& lane);
    ~Alone();
    Alone(const Alone&) = delete;
    Alone& operator=(const Alone&) = delete;

  private:
    Lane& lane_;
  };

private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::uint64_t begun_ = 0;
  int running_ = 0;
  int waiting_ = 0; // to be alone
  bool is_taken_ = false;
};

} // namespace murphy::run
