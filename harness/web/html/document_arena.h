// Memory for gumbo: handed out by moving a pointer, given back all at once, bounded; and the bound on the parser's
// time.
#pragma once

#include <chrono>
#include <csetjmp>
#include <cstddef>
#include <memory>
#include <vector>

namespace murphy::web {

// gumbo does not look at what its allocator returns, so that a parse that goes beyond its bounds can only be left by a
// jump over the parser's own (plain C) frames to where `left` was set with setjmp; nothing there has to be cleaned up,
// as all of it lies in the arena.
class ParserArena {
public:
  static constexpr std::size_t max_bytes = std::size_t{96} << 20;
  // Of the thread's processor time: several times what the largest sound page takes. What is misnested in ways that the
  // look at the tags does not see through ends here.
  static constexpr std::chrono::seconds max_time{5};

  enum class Reason { memory = 1, time }; // the value setjmp comes back with

  std::jmp_buf left; // set by the caller before the first allocation

  ParserArena();

  // In the shape gumbo wants; `arena` is a ParserArena.
  static void* allocate(void* arena, std::size_t size);
  static void release(void* arena, void* memory);

private:
  [[noreturn]] void leave(Reason reason) { std::longjmp(left, static_cast<int>(reason)); }

  static constexpr std::size_t header = 16; // keeps the size of a block in front of it, and the alignment
  static constexpr std::size_t largest_reused = 1024;
  static constexpr std::size_t chunk_size = std::size_t{256} << 10;

  static constexpr unsigned allocations_between_looks = 1024; // at the clock

  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  std::byte* next_ = nullptr;
  std::size_t left_ = 0; // bytes behind next_
  std::size_t reserved_ = 0;
  unsigned allocations_ = 0;
  std::chrono::nanoseconds started_;
  void* free_[largest_reused / 16 + 1] = {}; // blocks given back, by size in steps of 16
};

} // namespace murphy::web
