import pino from 'pino';
import type { Config } from './config.ts';

export type Log = pino.Logger;

/** JSON lines on standard output. What could hold a secret is never written. */
export function createLog(config: Pick<Config, 'logLevel'>): Log {
  return pino({
    level: config.logLevel,
    redact: {
      paths: [
        'req.headers.cookie',
        'req.headers.authorization',
        '*.password',
        '*.clientSecret',
        '*.token',
        '*.code',
        'headers.cookie',
        'headers.authorization',
      ],
      censor: '[redacted]',
    },
  });
}
