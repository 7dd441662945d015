/**
 * Puts what a bench starts before the other work of the machine: the server, what it is compared with, the
 * load and PostgreSQL alike, so that no comparison gains by it. Linux only, and only for root.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { setPriority } from 'node:os';

const nice = -15;

/** For this process and all that it will start. */
export function putFirst(): void {
  setPriority(nice);
  putSessionFirst('self');
}

/**
 * For the processes of a PostgreSQL or of a Chromium, now and from now on. Each may be a session of its own, and
 * Linux shares the processors between sessions first. Returns what ends the watch.
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
    // It has ended since its parent was asked.
    return [];
  }
}

function putSessionFirst(pid: string): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // Gone already, or a kernel without groups of sessions: then the priority of the process says it all.
  }
}
