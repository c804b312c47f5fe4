#include "web/html/document_arena.h"

#include "base/work_limit.h"

#include <algorithm>
#include <cstring>
#include <new>

namespace murphy::web {
ParserArena::ParserArena() : started_(processor_time()) {}

void* ParserArena::allocate(void* arena, std::size_t size) {
  auto& self = *static_cast<ParserArena*>(arena);
  if (++self.allocations_ % allocations_between_looks == 0 &&
      (processor_time() - self.started_ > max_time || WorkLimit::is_over()))
    self.leave(Reason::time);
  size = (std::max<std::size_t>(size, 1) + 15) / 16 * 16;
  if (size <= largest_reused) {
    if (void* block = self.free_[size / 16]) {
      std::memcpy(&self.free_[size / 16], block, sizeof(void*));
      return block;
    }
  }
  if (self.left_ < size + header) {
    const std::size_t wanted = std::max(chunk_size, size + header);
    if (self.reserved_ + wanted > max_bytes) self.leave(Reason::memory);
    auto* memory = new (std::nothrow) std::byte[wanted];
    if (memory == nullptr) self.leave(Reason::memory);
    self.chunks_.emplace_back(memory);
    self.reserved_ += wanted;
    self.next_ = memory;
    self.left_ = wanted;
  }
  std::byte* block = self.next_ + header;
  std::memcpy(self.next_, &size, sizeof size);
  self.next_ += size + header;
  self.left_ -= size + header;
  return block;
}

void ParserArena::release(void* arena, void* memory) {
  if (memory == nullptr) return;
  auto& self = *static_cast<ParserArena*>(arena);
  std::size_t size = 0;
  std::memcpy(&size, static_cast<std::byte*>(memory) - header, sizeof size);
  if (size > largest_reused) return;
  std::memcpy(memory, &self.free_[size / 16], sizeof(void*));
  self.free_[size / 16] = memory;
}

} // namespace murphy::web
