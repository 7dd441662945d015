import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { accepts } from './free-port.ts';

interface NginxOptions {
  /** The path of nginx. */
  program: string;
  /** The ports of Admit's processes. */
  admitPorts: number[];
  ports: { ipv4: number; ipv6: number | null };
}

/** Starts an nginx with the configuration of deploy/nginx.conf, without TLS. Resolves when it accepts connections. */
export async function startNginx({ program, admitPorts, ports }: NginxOptions) {
  const folder = mkdtempSync(join(tmpdir(), 'admit-nginx-'));
  mkdirSync(join(folder, 'logs'));
  const file = join(folder, 'nginx.conf');
  writeFileSync(file, configuration(admitPorts, ports, folder));
  const proxy = spawn(program, ['-e', 'stderr', '-p', folder, '-c', file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  proxy.stderr.on('data', (chunk) => {
    said = `${said}${chunk}`.slice(-10_000);
  });
  while (!(await accepts(ports.ipv4))) {
    if (proxy.exitCode !== null) throw new Error(`nginx did not start:\n${said}`);
    await wait(50);
  }
  return {
    url: `http://127.0.0.1:${ports.ipv4}`,
    said: () => said,
    async close() {
      if (proxy.exitCode === null) {
        // Kills nginx, because it has nothing to save and open connections could delay its exit.
        proxy.kill('SIGKILL');
        await once(proxy, 'exit');
      }
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function configuration(admitPorts: number[], ports: NginxOptions['ports'], folder: string): string {
  const committed = readFileSync(new URL('../../deploy/nginx.conf', import.meta.url), 'utf8');
  const sites = committed
    .replaceAll(
      'server 127.0.0.1:3000 fail_timeout=3s;',
      admitPorts.map((port) => `server 127.0.0.1:${port} fail_timeout=3s;`).join('\n  '),
    )
    .replace('listen 443 ssl;', `listen 127.0.0.1:${ports.ipv4};`)
    .replace('listen [::]:443 ssl;', ports.ipv6 ? `listen [::1]:${ports.ipv6};` : '')
    .replaceAll(/^\s*ssl_certificate.*$/gm, '');
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  );
  return `
    ${process.getuid?.() === 0 ? `user ${userInfo().username};` : ''}
    daemon off; master_process off; pid ${folder}/pid; error_log stderr;
    events {}
    http { access_log off; ${temporary.join(' ')} ${sites} }`;
}
