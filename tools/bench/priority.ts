/**
 * Gives all processes of a bench priority over other work of the machine: the server, its baselines, the load and
 * PostgreSQL alike, so that no comparison gains by it. Linux only, and only for root.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const nice = -15;

/** Raises the priority of this process and all that it will start. */
export function putFirst(): void {
  setPriority(nice);
  putSessionFirst('self');
}

/**
 * Raises the priority of the present and future processes of a PostgreSQL or a Chromium. Each may be a session of its own,
 * and Linux shares the CPUs between sessions first. Returns a function that stops watching for new processes.
 */
export function putTreeFirst(rootPid: number): () => void {
  const done = new Set<string>();
  const look = () => {
    for (const pid of treeOf(String(rootPid))) {
      if (done.has(pid)) continue;
      done.add(pid);
      putSessionFirst(pid);
    }
  };
  const timer = setInterval(look, 100);
  look();
  return () => clearInterval(timer);
}

function treeOf(pid: string): string[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean);
    return [pid, ...children.flatMap(treeOf)];
  } catch {
    // The process ended after its parent was read.
    return [];
  }
}

function putSessionFirst(pid: string): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // The process has ended, or the kernel has no session groups: then the process priority is enough.
  }
}
