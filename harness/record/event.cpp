#include "record/event.h"

#include "base/compiled_variant_members.h"

template class murphy::CompiledVariant<murphy::record::Event::Variant>;
