/** The thread of play-in-thread.ts. */
import { getPriority, setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import type { Plan } from './plan.ts';
import { figuresOf } from './rehearsals.ts';
import { simulateSale } from './virtual-sale.ts';

// Below the process's own priority, so that buyers do not wait. Only Linux has priorities per thread.
if (process.platform === 'linux') setPriority(Math.min(19, getPriority() + 15));

parentPort?.postMessage(figuresOf(await simulateSale(workerData as Plan)));
