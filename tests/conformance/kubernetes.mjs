// The manifests of docs/kubernetes.yml by the schemas of Kubernetes and of the Prometheus Operator, which packages of npm
// hold: types, what is required, and patterns. What no schema knows, they let pass; tests/docs/kubernetes_test.cpp counts
// the keys. Needs PROJECT, the folder.
//   node kubernetes.mjs
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parseAllDocuments } from 'yaml';

const manifests = parseAllDocuments(readFileSync(path.join(process.env.PROJECT, 'docs/kubernetes.yml'), 'utf8')).map((each) =>
  each.toJS(),
);
let failed = false;
const fail = (words) => {
  console.log(words);
  failed = true;
};

// What is wrong with a manifest; nothing: it is as its schema has it.
const faults = async (manifest) => {
  const { apiVersion, kind } = manifest;
  const from = apiVersion.startsWith('monitoring.coreos.com/') ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';
  const model = (await import(`${from}/${apiVersion}/${kind}`))[kind];
  try {
    new model(structuredClone(manifest)).validate();
    return '';
  } catch (error) {
    return error.message;
  }
};

for (const manifest of manifests) {
  const found = await faults(manifest);
  if (found) fail(`${manifest.kind}: ${found}`);
}

// That each schema is one that refuses something.
const spoilt = {
  PersistentVolumeClaim: (spec) => (spec.accessModes = 'ReadWriteOnce'),
  Deployment: (spec) => (spec.template.spec.containers[0].livenessProbe.periodSeconds = '30s'),
  Service: (spec) => (spec.ports[0].port = 'http'),
  ServiceMonitor: (spec) => (spec.endpoints[0].interval = 'often'),
  PrometheusRule: (spec) => (spec.groups[0].rules[2].for = 'a while'),
};
for (const { spec, ...rest } of manifests) {
  const wrong = { ...rest, spec: structuredClone(spec) };
  spoilt[rest.kind](wrong.spec);
  if (!(await faults(wrong))) fail(`${rest.kind}: its schema takes everything`);
}
console.log(`kubernetes: ${manifests.length} manifests${failed ? '' : ', no fault'}`);
process.exit(failed ? 1 : 0);
