// Taplo, by which editors check TOML, with the schemas that murphy prints: it takes all files that the project ships and
// every example of its documents, and refuses each of tests/end_to_end/wrong_files. Needs MURPHY, the program, and
// PROJECT, the folder.
//   node editors.mjs
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const project = process.env.PROJECT;
const taplo = createRequire(import.meta.url).resolve('@taplo/cli/dist/cli.js');
const folder = mkdtempSync(path.join(tmpdir(), 'murphy-editors-'));
let failed = false;

const fail = (words) => {
  console.log(words);
  failed = true;
};

const files = { scenario: [], project: [] };
for (const top of ['scenarios', 'fixtures']) {
  for (const entry of readdirSync(path.join(project, top), { recursive: true })) {
    const file = path.join(project, top, entry);
    if (path.basename(file) === 'murphy.toml') files.project.push(file);
    else if (file.endsWith('.toml') && path.basename(path.dirname(file)) === 'scenarios') files.scenario.push(file);
  }
}
for (const page of readdirSync(path.join(project, 'docs')).filter((name) => name.endsWith('.md'))) {
  const text = readFileSync(path.join(project, 'docs', page), 'utf8');
  for (const [, fence, example] of text.matchAll(/^```toml(.*)\n([^]*?\n)```$/gm)) {
    if (fence === ' .taplo.toml') continue;
    const kind = fence === ' murphy.toml' ? 'project' : 'scenario';
    const file = path.join(folder, `${path.parse(page).name}-${files[kind].length}.${kind}.toml`);
    writeFileSync(file, example);
    files[kind].push(file);
  }
}

const lint = (kind, names) =>
  spawnSync(process.execPath, [taplo, 'lint', '--schema', pathToFileURL(path.join(folder, `${kind}.json`)).href, ...names], {
    cwd: folder,
    encoding: 'utf8',
  });

let wrong = 0;
for (const kind of ['scenario', 'project']) {
  writeFileSync(path.join(folder, `${kind}.json`), execFileSync(process.env.MURPHY, ['schema', kind]));
  if (files[kind].length < 8) fail(`only ${files[kind].length} files of the kind ${kind} were found`);
  const taken = lint(kind, files[kind]);
  if (taken.status !== 0) fail(`taplo refuses what it should take:\n${taken.stdout}${taken.stderr}`);
  const refused = path.join(project, 'tests/end_to_end/wrong_files', kind);
  const names = readdirSync(refused).map((name) => path.join(refused, name));
  const { stderr } = lint(kind, names);
  for (const name of names)
    if (!stderr.includes(`error=schema validation failed path=${JSON.stringify(name)}`)) fail(`taplo takes ${name}`);
  wrong += names.length;
}
rmSync(folder, { recursive: true });
console.log(`editors: ${files.scenario.length + files.project.length} files are taken, ${wrong} wrong ones refused`);
process.exit(failed ? 1 : 0);
