import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';

/** Another Admit process is running on the same data directory. */
export class AlreadyRunning extends Error {
  override name = 'AlreadyRunning';
  readonly pid: number;

  constructor(pid: number) {
    super(`Admit is already running on this data directory (pid ${pid})`);
    this.pid = pid;
  }
}

/**
 * Takes the lock file for this process. It takes over a lock whose process is gone (kill -9, a machine reset).
 * Returns a function that releases it.
 */
export async function takeLock(path: string): Promise<() => void> {
  const mine = lockText(process.pid);
  for (;;) {
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      return () => {
        if (readText(path) === mine) rmSync(path, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const found = readText(path);
    refuseIfAlive(found);
    // An empty file is a lock that its owner is writing at this moment, or was writing when the power failed.
    if (found === '') await wait(100);
    if (readText(path) !== found) continue;
    // Only one of two processes that saw the same dead lock can rename it. If the renamed file is a new owner's lock,
    // it goes back.
    const aside = `${path}.${process.pid}`;
    try {
      renameSync(path, aside);
    } catch {
      continue;
    }
    if (readText(aside) === found) rmSync(aside, { force: true });
    else renameSync(aside, path);
  }
}

/** Throws AlreadyRunning if the process that wrote the lock file is alive. */
export function refuseWhenLocked(path: string): void {
  refuseIfAlive(readText(path));
}

function refuseIfAlive(lock: string | undefined): void {
  const pid = Number.parseInt(lock ?? '', 10);
  if (pid > 0 && isAlive(pid) && lock === lockText(pid)) throw new AlreadyRunning(pid);
}

function lockText(pid: number): string {
  return `${pid}\n${startOf(pid)}\n`;
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM means that the process exists and belongs to another user.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  // A killed process stays listed as a zombie if its parent never collects it, which is common in containers.
  return statFields(pid)?.[0] !== 'Z';
}

/** The fields of /proc/<pid>/stat from the third on; the second may hold spaces and parentheses. */
function statFields(pid: number): string[] | undefined {
  return readText(`/proc/${pid}/stat`)?.split(') ').pop()?.split(' ');
}

/**
 * Identifies a process among all that ever had this pid, by its start time. Pids are reused, in containers within
 * seconds, so a pid alone would make a dead lock look alive.
 */
function startOf(pid: number): string {
  if (process.platform === 'linux') {
    const boot = readText('/proc/sys/kernel/random/boot_id')?.trim() ?? '';
    return `${boot} ${statFields(pid)?.[19] ?? ''}`;
  }
  if (process.platform === 'win32') return '';
  return psColumn(pid, 'lstart');
}

export function psColumn(pid: number, column: string): string {
  try {
    return execFileSync('ps', ['-ww', '-o', `${column}=`, '-p', String(pid)], { encoding: 'utf8' }).trim();
  } catch {
    return '';
  }
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
