import { existsSync, readdirSync, statSync } from 'node:fs';
import { build } from 'vite';
import { readConfig } from '../server/config.ts';
import { demoAccounts, demoPassword } from '../server/demo/accounts.ts';
import { startMessage, stopOnSignal } from '../server/process.ts';
import { type Running, startAdmit } from '../server/start.ts';

const root = new URL('../', import.meta.url);

// `npm start`: everything in one process, on a fresh machine.
try {
  const startedMs = performance.now();
  if (existsSync(new URL('.env', root))) process.loadEnvFile(new URL('.env', root));
  const config = readConfig();
  if (config.env === 'development') process.env.LOG_LEVEL ??= 'warn';
  await buildWeb();
  const running = await startAdmit({
    ...config,
    logLevel: (process.env.LOG_LEVEL as typeof config.logLevel) ?? config.logLevel,
  });
  stopOnSignal(async () => {
    say('\nStopping …');
    await running.stop();
  });
  say(welcome(running, (performance.now() - startedMs) / 1000));
} catch (error) {
  process.stderr.write(`${startMessage(error)}\n`);
  process.exit(1);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Builds the web app where a source is newer than the last build. */
async function buildWeb(): Promise<void> {
  const built = new URL('web/dist/index.html', root);
  const builtMs = existsSync(built) ? statSync(built).mtimeMs : 0;
  const sources = [
    'web/src',
    'web/public',
    'web/index.html',
    'web/vite.config.ts',
    'contract',
    'package-lock.json',
  ];
  if (sources.every((path) => newestMs(new URL(path, root)) <= builtMs)) return;
  say('Building the web app …');
  await build({ root: new URL('web', root).pathname, logLevel: 'warn' });
}

function newestMs(url: URL): number {
  const stat = statSync(url, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const folder = new URL(`${url.href.replace(/\/$/, '')}/`);
  return Math.max(
    0,
    ...readdirSync(folder).map((name) => newestMs(new URL(encodeURIComponent(name), folder))),
  );
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
