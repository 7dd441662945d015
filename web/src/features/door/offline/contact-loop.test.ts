import { expect, test, vi } from 'vitest';
import { startContactLoop } from './contact-loop.ts';

test('a meeting that breaks is not the last one', async () => {
  const meet = vi.fn<() => Promise<'again' | 'failed'>>();
  meet.mockRejectedValueOnce(new Error('the disk is gone')).mockResolvedValue('again');
  const platform = {
    wallMs: () => 0,
    steadyMs: () => 0,
    isVisible: () => true,
    isOnline: () => true,
    onChance() {},
  };
  const loop = startContactLoop(platform, meet);
  await vi.waitFor(() => expect(meet).toHaveBeenCalledTimes(1));
  loop.wake();
  await vi.waitFor(() => expect(meet).toHaveBeenCalledTimes(2));
  loop.stop();
});
