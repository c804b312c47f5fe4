// The manifests of docs/kubernetes.yml: what fits together in them, and with the watch itself.
#include "newcomer.h"
#include "strict_yaml.h"
#include "tests/places.h"

#include <gtest/gtest.h>

namespace murphy::docs {
namespace {

TEST(Kubernetes, ManifestsFitTogether) {
  constexpr const char* script = R"py(
import sys
docs = sys.argv[1]
manifests = list(yaml.load_all(open(docs + "/kubernetes.yml"), Strict))
by_kind = {each["kind"]: each for each in manifests}
assert sorted(by_kind) == ["Deployment", "PersistentVolumeClaim", "PrometheusRule", "Service", "ServiceMonitor"]
assert len(by_kind) == len(manifests) and all(each["metadata"]["name"] == "murphy-watch" for each in manifests)
for each in manifests: only(each, "apiVersion", "kind", "metadata", "spec")

spec = only(by_kind["Deployment"]["spec"], "replicas", "strategy", "selector", "template")
assert spec["replicas"] == 1 and spec["strategy"] == {"type": "Recreate"}
labels = spec["template"]["metadata"]["labels"]
assert spec["selector"]["matchLabels"] == labels
pod = only(spec["template"]["spec"], "automountServiceAccountToken", "terminationGracePeriodSeconds", "securityContext",
           "containers", "volumes")
assert pod["automountServiceAccountToken"] is False and pod["securityContext"]["runAsNonRoot"] is True
container, = pod["containers"]
only(container, "name", "image", "command", "workingDir", "envFrom", "ports", "livenessProbe", "readinessProbe", "resources",
     "securityContext", "volumeMounts")
assert container["command"] == ["murphy", "watch"]
assert container["securityContext"] == {"allowPrivilegeEscalation": False, "readOnlyRootFilesystem": True,
                                        "capabilities": {"drop": ["ALL"]}}
port, = container["ports"]
probes = [container[each]["httpGet"] for each in ("livenessProbe", "readinessProbe")]
assert probes == [{"path": "/healthz", "port": port["name"]}, {"path": "/readyz", "port": port["name"]}]
volumes = {each["name"]: each for each in pod["volumes"]}
assert {each["name"] for each in container["volumeMounts"]} == set(volumes)
claim = volumes["store"]["persistentVolumeClaim"]["claimName"]
assert claim == by_kind["PersistentVolumeClaim"]["metadata"]["name"]
paths = [each["path"] for each in volumes["project"]["configMap"]["items"]]
assert paths[0] == "murphy.toml" and all(each.startswith(("murphy.", "scenarios/")) for each in paths)

service = by_kind["Service"]
served, = service["spec"]["ports"]
assert service["spec"]["selector"] == labels and served["targetPort"] == port["name"]
monitor = by_kind["ServiceMonitor"]["spec"]
assert monitor["selector"]["matchLabels"] == service["metadata"]["labels"]
assert [each["port"] for each in monitor["endpoints"]] == [served["name"]]
assert monitor["endpoints"][0]["path"] == "/metrics"

rules = yaml.load(open(docs + "/prometheus-rules.yml"), Strict)
assert by_kind["PrometheusRule"]["spec"] == rules
)py";
  const end_to_end::TemporaryFolder folder;
  folder.write("check.py", std::string(strict_yaml) + script);
  const auto checked = Newcomer::bash_in(folder.path(), "python3 check.py '" + in_project("docs") + "'");
  EXPECT_EQ(checked.code, 0) << checked.err;
}

} // namespace
} // namespace murphy::docs
