// Python to read YAML with as strictly as Kubernetes and CI systems do.
#pragma once

namespace murphy::docs {

// Defines Strict, a loader that takes no key twice, and only(), which returns a table that has no keys but these.
inline constexpr const char* strict_yaml = R"py(
import yaml

class Strict(yaml.SafeLoader):
    def construct_mapping(self, node, deep=False):
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        assert len(keys) == len(set(keys)), keys
        return super().construct_mapping(node, deep)

def only(table, *keys):
    assert set(table) <= set(keys), set(table) - set(keys)
    return table
)py";

} // namespace murphy::docs
