// A value that many hold and hardly anybody changes.
#pragma once

#include <boost/smart_ptr/intrusive_ptr.hpp>
#include <boost/smart_ptr/intrusive_ref_counter.hpp>
#include <utility>

namespace murphy {

// Copies share one value; what is edited becomes a value of its own. Never without a value, unless it was moved away.
// Several threads may read and copy the same one, as with a shared_ptr. It takes the room of one pointer.
template <class T> class Shared {
public:
  Shared() : counted_(none()) {}
  Shared(T value) : counted_(new Counted(std::move(value))) {}

  const T& operator*() const { return counted_->value; }
  const T* operator->() const { return &counted_->value; }
  operator const T&() const { return counted_->value; }

  // To be changed, without any other holder seeing it.
  T& edit() {
    if (counted_->use_count() > 1) counted_ = new Counted(counted_->value);
    return counted_->value;
  }

  friend bool operator==(const Shared& left, const Shared& right) {
    return left.counted_ == right.counted_ || *left == *right;
  }

private:
  struct Counted : boost::intrusive_ref_counter<Counted, boost::thread_safe_counter> {
    explicit Counted(T held) : value(std::move(held)) {}
    T value;
  };
  static const boost::intrusive_ptr<Counted>& none() {
    static const boost::intrusive_ptr<Counted> value(new Counted(T()));
    return value;
  }
  boost::intrusive_ptr<Counted> counted_;
};

} // namespace murphy
