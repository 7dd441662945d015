import pino from 'pino';
import type { Config } from './config.ts';

export type Log = pino.Logger;

/** Writes JSON lines to standard output. It never writes fields that may hold a secret. */
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
