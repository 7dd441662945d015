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
 * For the processes of a PostgreSQL, now and from now on. Each is a session of its own, and Linux shares the
 * processors between sessions first. Returns what ends the watch.
 */
export function putPostgresFirst(postmasterPid: number): () => void {
  const done = new Set<string>();
  const look = () => {
    const children = readFileSync(`/proc/${postmasterPid}/task/${postmasterPid}/children`, 'latin1')
      .split(' ')
      .filter(Boolean);
    for (const pid of [String(postmasterPid), ...children]) {
      if (done.has(pid)) continue;
      done.add(pid);
      putSessionFirst(pid);
    }
  };
  const timer = setInterval(look, 100);
  look();
  return () => clearInterval(timer);
}

function putSessionFirst(pid: string): void {
  try {
    writeFileSync(`/proc/${pid}/autogroup`, String(nice));
  } catch {
    // Gone already, or a kernel without groups of sessions: then the priority of the process says it all.
  }
}
