import { QueueGate } from './QueueGate.tsx';
import { load } from './words.ts';

/** Loads the words of the queue too, whose names the page of an event would otherwise carry. */
export async function loadGate() {
  await load();
  return { default: QueueGate };
}
