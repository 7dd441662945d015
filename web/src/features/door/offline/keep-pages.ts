import { registerWorker } from '../../../offline/register.ts';

/** Caches the pages of the door too, which take a megabyte and which few people need. They stay through new releases. */
export async function keepDoorPages(): Promise<void> {
  await registerWorker();
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage('keep-door');
}
