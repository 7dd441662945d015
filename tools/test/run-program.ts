import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { createInterface } from 'node:readline';

export const root = join(import.meta.dirname, '../..');

interface RunOptions {
  env?: Record<string, string>;
  /** Written before each line, because other steps write at the same time. Without it the program writes by itself. */
  prefix?: string | undefined;
}

/** Runs a program of the project. Resolves to true if it ended well. */
export function runProgram(
  program: string,
  parameters: string[],
  { env = {}, prefix }: RunOptions = {},
): Promise<boolean> {
  // Uses the project's own programs and Node, even if npm did not start this file.
  const path = [join(root, 'node_modules/.bin'), process.env.PATH].join(delimiter);
  const colours = process.stdout.isTTY
    ? prefix && { FORCE_COLOR: '1' }
    : { NO_COLOR: '1', FORCE_COLOR: undefined };
  const output = prefix ? 'pipe' : 'inherit';
  const child = spawn(program, parameters, {
    cwd: root,
    stdio: ['ignore', output, output],
    env: { ...process.env, ...colours, PATH: path, ...env },
    shell: process.platform === 'win32',
  });
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on('line', (line) => console.log(`${prefix}${line}`));
  return new Promise((resolve) => {
    child.once('error', (error) => {
      console.error(error.message);
      resolve(false);
    });
    child.once('close', (status) => resolve(status === 0));
  });
}
