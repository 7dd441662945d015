import type { App } from '../../app.ts';

const mostLines = 10;
const longestLine = 500;

/** Anybody may send these lines, so they are few and short. */
export function logPassTroubles(app: App, call: { body: { logs: string[] } }): undefined {
  const lines = call.body.logs.slice(0, mostLines).map((line) => line.slice(0, longestLine));
  app.log.info({ lines }, 'a device reports troubles with a pass');
  return undefined;
}
