// Texts are copied through vector registers, where what was copied last stays: a core dump holds these too.
#pragma once

namespace murphy {

// Overwrites the vector registers that a function need not keep. Does nothing on processors other than x86-64 and
// AArch64.
void wipe_registers();

} // namespace murphy
