/** The bearer token for /metrics of the servers in a bench. */
export const metricsToken = 'metrics-of-a-bench';

/** The ledger's figures in /metrics between two readings. */
interface LedgerMeans {
  batchSize: number;
  queueMs: number;
  commitMs: number;
  batches: number;
}

const histograms = [
  'admit_ledger_batch_commands',
  'admit_ledger_queue_seconds',
  'admit_ledger_commit_seconds',
];

/** Takes the first reading. The returned function takes the second. */
export async function watchLedger(url: string): Promise<() => Promise<LedgerMeans>> {
  const before = await read(url);
  return async () => {
    const after = await read(url);
    const mean = (i: number) => (after[i]!.sum - before[i]!.sum) / (after[i]!.count - before[i]!.count);
    return {
      batchSize: mean(0),
      queueMs: mean(1) * 1000,
      commitMs: mean(2) * 1000,
      batches: after[0]!.count - before[0]!.count,
    };
  };
}

async function read(url: string): Promise<{ sum: number; count: number }[]> {
  const text = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${metricsToken}` } }).then(
    (response) => response.text(),
  );
  const value = (name: string) => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1] ?? Number.NaN);
  return histograms.map((name) => ({ sum: value(`${name}_sum`), count: value(`${name}_count`) }));
}
