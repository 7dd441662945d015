/**
 * `npm start`: everything in one process, on a fresh machine. `npm run dev` does the same, but Vite serves the web app from
 * its sources and shows each change at once.
 */
import { existsSync } from 'node:fs';
import { readConfig } from '../server/config.ts';
import { demoAccounts, demoPassword } from '../server/demo/accounts.ts';
import { giveBackMemory, startMessage, stopOnSignal } from '../server/process.ts';
import { type Running, startAdmit } from '../server/start.ts';
import { buildWeb, isWebBuilt, serveWeb } from './web.ts';

const dotEnv = new URL('../.env', import.meta.url);
const dev = process.argv.includes('--dev');
const vitePort = 5173;

const ending = new AbortController();

try {
  const startedMs = performance.now();
  if (existsSync(dotEnv)) process.loadEnvFile(dotEnv);
  const config = readConfig();
  // The terminal shows the text below; the log prints only warnings and errors.
  if (config.env === 'development' && !process.env.LOG_LEVEL) config.logLevel = 'warn';
  if (dev) config.publicUrl ??= `http://localhost:${vitePort}`;
  let starting: Promise<Running> | undefined;
  stopOnSignal(async () => {
    say('\nStopping …');
    ending.abort();
    await (await starting?.catch(() => null))?.stop();
  });
  if (!dev && !isWebBuilt()) {
    say('Building the web app …');
    await buildWeb();
  }
  starting = startAdmit(config, { signal: ending.signal });
  const running = await starting;
  if (dev) serveWeb(running.app.config.listenUrl, vitePort);
  say(welcome(running, (performance.now() - startedMs) / 1000));
  giveBackMemory(running);
} catch (error) {
  if (!ending.signal.aborted) {
    process.stderr.write(`${startMessage(error)}\n`);
    process.exit(1);
  }
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

function welcome({ app, seeded }: Running, seconds: number): string {
  const url = app.config.publicUrl;
  const lines = [`Admit is up at ${url} (in ${seconds.toFixed(1)} s${seeded ? ', with demo events' : ''})`];
  if (app.config.demo) {
    lines.push(`  Sign in with the password ${demoPassword} as`);
    for (const { role, email } of demoAccounts) lines.push(`    ${role.padEnd(10)} ${email}`);
  }
  if (app.mailer.kind === 'mailbox')
    lines.push(`  Mailbox    ${url}/mailbox   (every mail that Admit sends)`);
  lines.push(`  API docs   ${url}/api/docs`, '  Stop with Ctrl-C; `npm run reset` starts over.');
  return lines.join('\n');
}
