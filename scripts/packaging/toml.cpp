// The library toml++, whose Debian package has no static one.
#define TOML_IMPLEMENTATION
#include <toml++/toml.h>
