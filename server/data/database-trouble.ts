import { DatabaseError } from 'pg';
import { DeadlinePassed, isOfConnecting } from './connections.ts';

/** Classes and codes of PostgreSQL that say: not now. https://www.postgresql.org/docs/current/errcodes-appendix.html */
const notNow = new RegExp(
  `^(${[
    // A connection that failed, a transaction that was rolled back for another's sake (deadlock), a lack of
    // connections, memory or disk, a server that shuts down or starts, a file that could not be read or written.
    '08...|40...|53...|57P..|58...',
    // Ended by statement_timeout or by hand; a lock that did not come free; a transaction that idled or lasted too long.
    '57014|55P03|25P03|25P04',
    // A standby, or a server that was told to take no writes.
    '25006',
    // What was prepared is gone or out of date, as after a change of tables: a new connection prepares it anew.
    '26000',
  ].join('|')})$`,
);

const ofSockets = /^(ECONN|ENOENT$|EPIPE$|ETIMEDOUT$|EHOST|ENET|ENOTFOUND$|EAI_AGAIN$)/;
const ofThePool =
  /Connection terminated|timeout exceeded when trying to connect|timeout expired|Query read timeout|not queryable|after calling end on the pool/;
const ofWaiting = /timeout exceeded when trying to connect|Connection terminated due to connection timeout/;

/** True for errors that say the database is away or gave up on us: a retry may work. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  // Whatever the reason why there is no connection, the database is not there for us.
  return isOfConnecting(error) || isAway(error);
}

/** The same without refusals to connect that last until a person changes something, as a wrong password is. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, message } = error as { code?: unknown; message: string };
  if (message.startsWith('cached plan must not change')) return true;
  if (typeof code !== 'string') return ofThePool.test(message);
  return error instanceof DatabaseError || error instanceof DeadlinePassed
    ? notNow.test(code)
    : ofSockets.test(code);
}

/** True where the database did not answer in time: whoever waits for the same need not wait as long again. */
export const isOverdue = (error: unknown): boolean =>
  error instanceof DeadlinePassed || (error instanceof Error && ofWaiting.test(error.message));
