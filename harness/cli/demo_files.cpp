#include "cli/demo_files.h"

#include "base/make_error.h"
#include "base/text.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <iterator>
#include <set>
#include <sys/auxv.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace murphy::cli {
namespace {

namespace fs = std::filesystem;

std::string text_of(const fs::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

// The lines of one text that the other has not, in their order.
std::string lines_without(const std::string& text, const std::string& other, std::string_view mark) {
  std::set<std::string_view> known;
  for (const std::string_view line : split(other, '\n')) known.insert(line);
  std::string found;
  for (const std::string_view line : split(text, '\n'))
    if (!known.contains(line)) found += fmt::format("  {} {}\n", mark, visible(line));
  return found;
}

std::string changes(const fs::path& app, const fs::path& overlay) {
  std::string text;
  std::error_code none;
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(overlay, none)) {
    if (!entry.is_regular_file(none)) continue;
    const fs::path name = entry.path().lexically_relative(overlay);
    const std::string before = text_of(app / name), after = text_of(entry.path());
    text += fmt::format("{} is all that differs:\n", one_line(name.string())) + lines_without(before, after, "-") +
            lines_without(after, before, "+");
  }
  return text;
}

} // namespace

Result<DemoFiles> find_demo(const fs::path& above) {
  const fs::path folder = above / "share/murphy/demo";
  const fs::path app = above / "libexec/murphy/dashboard";
  std::error_code none;
  for (const fs::path& part : {folder / "murphy.toml", folder / "scenarios", folder / "app", folder / "overlay", app})
    if (!fs::exists(part, none))
      return std::unexpected(target_error("the demo is not complete: there is no " + one_line(part.string()),
                                          "install Murphy's package, or build the example app: scripts/build release "
                                          "murphy dashboard_app"));
  return DemoFiles{.folder = folder.string(), .change = changes(folder / "app", folder / "overlay")};
}

Result<DemoFiles> find_demo() {
  // What was executed, also where no /proc is mounted.
  const auto* program = reinterpret_cast<const char*>(getauxval(AT_EXECFN));
  std::error_code none;
  return find_demo(fs::canonical(program, none).parent_path().parent_path());
}

Result<TemporaryDirectory> TemporaryDirectory::make() {
  const char* chosen = std::getenv("TMPDIR");
  const std::string place = chosen == nullptr || *chosen == '\0' ? "/tmp" : chosen;
  std::error_code unknown; // the current folder is gone, and nothing can be made in it
  std::string name = (fs::absolute(place, unknown) / "murphy-demo-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr)
    return std::unexpected(
        internal_error(fmt::format("no folder can be made in {}: {}", one_line(place), std::strerror(errno)),
                       "set TMPDIR to a folder that you can write to"));
  return TemporaryDirectory(name);
}

TemporaryDirectory::TemporaryDirectory(TemporaryDirectory&& other) noexcept
    : path_(std::exchange(other.path_, fs::path())) {}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored; // there is nobody to say it to
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

} // namespace murphy::cli
