import { DatabaseError } from 'pg';
import { DeadlinePassed, isOfConnecting } from './connections.ts';

/**
 * PostgreSQL's error classes and codes for temporary failures.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const notNow = new RegExp(
  `^(${[
    // Failed connections (08), rollbacks because of deadlocks or serialization (40), too few connections, too little
    // memory or disk (53), a server that shuts down or starts (57P), files that it could not read or write (58).
    '08...|40...|53...|57P..|58...',
    // Statements cancelled by statement_timeout or by hand, lock timeouts, idle or overlong transactions.
    '57014|55P03|25P03|25P04',
    // A standby, or a server that is set to read-only.
    '25006',
    // A prepared statement is missing or out of date, for example after a table changed. A new connection prepares it
    // again.
    '26000',
  ].join('|')})$`,
);

const ofSockets = /^(ECONN|ENOENT$|EPIPE$|ETIMEDOUT$|EHOST|ENET|ENOTFOUND$|EAI_AGAIN$)/;
const ofThePool =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable|after calling end on the pool/;
const ofWaiting = /timeout exceeded when trying to connect|Connection terminated due to connection timeout/;

/** True if the database is unavailable or ended our work, so that a retry may succeed. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Without a connection the database is unavailable for us, whatever the reason.
  return isOfConnecting(error) || isAway(error);
}

/**
 * Like isDatabaseUnavailable, but false if the database refuses the connection until a person acts, as with a wrong
 * password.
 */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message, syscall } = error as { code?: unknown; message: string; syscall?: unknown };
  // A file that is missing. Of a connection it is the database's socket.
  if (code === 'ENOENT' && syscall !== 'connect') return false;
  if (message.startsWith('cached plan must not change')) return true;
  if (typeof code !== 'string') return ofThePool.test(message);
  return error instanceof DatabaseError || error instanceof DeadlinePassed
    ? notNow.test(code)
    : ofSockets.test(code);
}

/** True if the database did not answer in time. Other callers in the same queue need not wait as long again. */
export const isOverdue = (error: unknown): boolean =>
  error instanceof DeadlinePassed || (error instanceof Error && ofWaiting.test(error.message));

/** The constraint that refused a write (SQLSTATE class 23); undefined for every other error. */
export function constraintOf(error: unknown): string | undefined {
  const { code, constraint } = (error ?? {}) as { code?: unknown; constraint?: unknown };
  return typeof code === 'string' && code.startsWith('23') && typeof constraint === 'string'
    ? constraint
    : undefined;
}
