import cluster, { type Worker } from 'node:cluster';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Config } from './config.ts';
import { createLog, type Log } from './log.ts';
import { stopOnSignal } from './process.ts';
import { listens, type Role } from './roles.ts';

/** This process among those that listen on one port (docs/operations.md, "All cores of a machine"). */
export interface Sibling {
  id: string;
  /** Each sibling listens here too, for the others. */
  folder: string;
  /** The first one says that the database is away. Later ones leave that to those that serve already. */
  isFirst: boolean;
}

/** What a process tells the one that started it, and what it is told. */
const isUp = 'admit is up';
const leave = 'leave';

/** A process that ends by itself is replaced after this long. */
const restartAfterMs = 1000;

/**
 * Starts WEB_CONCURRENCY processes for requests and live connections, and one for the other roles, and replaces those that end.
 * SIGHUP replaces them all, one after the other: first the new one serves, then the old one leaves. This process only hands
 * connections over, in turn, so none is lost while another process starts or leaves.
 */
export async function runProcesses(config: Config): Promise<void> {
  const log = createLog(config);
  const folder = mkdtempSync(join(tmpdir(), 'admit-siblings-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const processes = new Map<Worker, { roles: Role[]; ended: Promise<unknown> }>();
  let stopping = false;

  async function begin(roles: Role[], isFirst: boolean): Promise<void> {
    cluster.setupPrimary({ args: [roles.join(','), folder, String(isFirst)] });
    const worker = cluster.fork();
    const ended = once(worker, 'exit');
    processes.set(worker, { roles, ended });
    void ended.then(() => processes.delete(worker));
    const [said] = await Promise.race([once(worker, 'message'), ended]);
    if (said !== isUp) throw new Error(`A process with ROLES=${roles.join(',')} did not start.`);
    worker.once('exit', (code, signal) => {
      if (!stopping && !worker.exitedAfterDisconnect) void replaceDead(roles, log, { code, signal });
    });
  }

  async function replaceDead(roles: Role[], to: Log, how: { code: number; signal: string }): Promise<void> {
    to.error({ ...how, roles }, 'a process has ended, and another takes its place');
    await wait(restartAfterMs);
    if (!stopping) await begin(roles, false).catch(() => replaceDead(roles, to, how));
  }

  async function replaceAll(): Promise<void> {
    for (const [worker, { roles, ended }] of [...processes]) {
      if (stopping) return;
      await begin(roles, false);
      worker.exitedAfterDisconnect = true;
      worker.send(leave);
      await ended;
    }
    log.info('all processes are new');
  }

  stopOnSignal(async () => {
    stopping = true;
    for (const [worker] of processes) worker.process.kill('SIGTERM');
    await Promise.all([...processes.values()].map(({ ended }) => ended));
  });
  const isWeb = (role: Role) => listens([role]);
  const web = config.roles.filter(isWeb);
  const others = config.roles.filter((role) => !isWeb(role));
  try {
    // The first one alone, because it may have to migrate.
    for (let n = 0; n < config.webConcurrency; n++) await begin(web, n === 0);
    if (others.length > 0) await begin(others, false);
  } catch (error) {
    if (stopping) return;
    for (const [worker] of processes) worker.process.kill('SIGTERM');
    throw error;
  }
  let replacing: Promise<void> = Promise.resolve();
  process.on('SIGHUP', () => {
    replacing = replacing
      .then(replaceAll)
      .catch((error) => log.error({ err: error }, 'the new process did not start, and the old ones stay'));
  });
  log.info({ url: config.publicUrl, processes: processes.size }, 'Admit is up');
}

/** The settings of a process that runProcesses() has started. */
export function asSibling(config: Config): Config {
  const [roles = '', folder = '', isFirst] = process.argv.slice(2);
  const sibling = { id: String(cluster.worker?.id), folder, isFirst: isFirst === 'true' };
  return { ...config, roles: roles.split(',') as Role[], sibling };
}

/** Tells that this process serves. `handOver` is called when another has taken its place. */
export function joinSiblings(handOver: () => void): void {
  process.on('message', (said) => said === leave && handOver());
  // Without the process that hands connections over, nothing reaches this one.
  process.once('disconnect', handOver);
  process.send?.(isUp);
}
