/** Reads figures of a running process from Linux's /proc. */
import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks a second in /proc: 100 on every Linux that Node runs on. */
const ticks = 100;

export function rssMb(pid: number): number {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return Number(kilobytes ?? Number.NaN) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** CPU seconds of a process, with those of its ended children that it has waited for. */
export function cpuSeconds(pid: number | string, withChildren = false): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'latin1').split(') ')[1]?.split(' ') ?? [];
    const own = Number(fields[11]) + Number(fields[12]);
    const ended = withChildren ? Number(fields[13]) + Number(fields[14]) : 0;
    return (own + ended) / ticks;
  } catch {
    return 0;
  }
}

/** CPU seconds of a process's threads: of its first one, of those that draw tickets, and of all others (V8, libuv). */
export function threadSeconds(pid: number): Record<'first' | 'drawing' | 'others', number> {
  const seconds = { first: 0, drawing: 0, others: 0 };
  for (const thread of readdirSync(`/proc/${pid}/task`)) {
    const task = `${pid}/task/${thread}`;
    const name = readFileSync(`/proc/${task}/comm`, 'utf8').trim();
    const kind = thread === String(pid) ? 'first' : name === 'WorkerThread' ? 'drawing' : 'others';
    seconds[kind] += cpuSeconds(task);
  }
  return seconds;
}

/** CPU seconds of a process and all its children, for example of a PostgreSQL with its sessions. */
export function familyCpuSeconds(pid: number): number {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1')
      .trim()
      .split(' ')
      .filter(Boolean);
    return cpuSeconds(pid, true) + children.reduce((sum, child) => sum + cpuSeconds(Number(child)), 0);
  } catch {
    return 0;
  }
}

/** Samples the resident memory of a process until it is stopped. Returns the highest value in MB. */
export function watchRss(pid: number, everyMs = 100): () => number {
  let highest = rssMb(pid);
  const timer = setInterval(() => {
    const now = rssMb(pid);
    if (!(now <= highest)) highest = now;
  }, everyMs);
  return () => {
    clearInterval(timer);
    return highest;
  };
}
