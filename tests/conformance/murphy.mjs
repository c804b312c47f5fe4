// Murphy's side as a child: one question a line, one answer a line.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export function startMurphy(mode) {
  const child = spawn(process.env.MURPHY_SIDE, [mode], { stdio: ['pipe', 'pipe', 'inherit'] });
  const waiting = [];
  createInterface({ input: child.stdout }).on('line', (line) => waiting.shift().resolve(JSON.parse(line)));
  child.on('exit', (code) => waiting.splice(0).forEach(({ reject }) => reject(new Error(`murphy_side ended: ${code}`))));
  return {
    ask: (question) => new Promise((resolve, reject) => {
      waiting.push({ resolve, reject });
      child.stdin.write(JSON.stringify(question) + '\n');
    }),
    stop: () => child.stdin.end(),
  };
}
