// A run in which everything that comes from an app or a file tries to be something else.
#pragma once

#include "record/run.h"

#include <string_view>

namespace murphy::reports::example {

// Commands of CI systems, markup, escapes and separators of every format.
inline constexpr std::string_view hostile =
    "##vso[task.complete result=Succeeded;]::error::owned\n::stop-commands::x\r\n##[error]y ##teamcity[buildStop] |' "
    "|n "
    "# SKIP \\ %0A %25 ; , : ]]> </pre></iframe><script>parent.location='//x'</script> <img src=x onerror=alert(1)> "
    "```\n~~~ ` @all #1 <!-- --> | \"' \x1B[2J \x1B]0;t\x07 \xE2\x80\xAE \u200B \uFEFF \xFF --- +++ ok 1 - fine\nBail "
    "out! no\n1..0";

record::Run hostile_run();

} // namespace murphy::reports::example
