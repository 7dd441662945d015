import type { Platform } from './gate.ts';

const everyMs = 5_000;
const firstWaitMs = 1_000;
const longestWaitMs = 15_000;

/**
 * Meets the server every few seconds, one meeting after the other, and after a failure at growing intervals. A chance, such as
 * a network that came back, begins a meeting at once.
 */
export function startContactLoop(platform: Platform, meet: () => Promise<'again' | 'failed'>) {
  let timer: ReturnType<typeof setTimeout>;
  let isMeeting = false;
  let isWanted = false;
  let failures = 0;
  let isStopped = false;

  async function run(): Promise<void> {
    if (isStopped) return;
    if (isMeeting) {
      isWanted = true;
      return;
    }
    clearTimeout(timer);
    isMeeting = true;
    // Whatever goes wrong in one meeting, there is a next one.
    const end = await meet().catch(() => 'failed' as const);
    isMeeting = false;
    if (isStopped) return;
    failures = end === 'failed' ? failures + 1 : 0;
    const waitMs = failures === 0 ? everyMs : Math.min(firstWaitMs * 2 ** (failures - 1), longestWaitMs);
    timer = setTimeout(() => void run(), isWanted ? 0 : waitMs);
    isWanted = false;
  }

  platform.onChance(() => void run());
  void run();
  return {
    /** Begins a meeting now, or right after the present one. */
    wake: () => void run(),
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
