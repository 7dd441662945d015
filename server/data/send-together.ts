import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';

/**
 * Several statements and one Sync at the end: by PostgreSQL's protocol they are one transaction, which commits
 * when the Sync is reached and leaves nothing behind where one of them fails. BEGIN, COMMIT and an answer to each
 * statement are saved, which is half of what a batch of five costs beside its rows.
 * https://www.postgresql.org/docs/current/protocol-flow.html#PROTOCOL-FLOW-PIPELINING
 */
export function sendTogether(client: pg.PoolClient, statements: Statement[]): Promise<void> {
  return new Promise((resolve, reject) => {
    client.query(new Together(statements, (error) => (error ? reject(error) : resolve())));
  });
}

/** Of a statement that was prepared on this connection before; others can't be sent together. */
export interface Statement {
  name: string;
  values: unknown[];
}

/** Whether PostgreSQL knows the statement of this name on this connection. */
export const isPrepared = (client: pg.PoolClient, name: string): boolean =>
  (client as unknown as { connection: Connection }).connection.parsedStatements[name] !== undefined;

/** The part of `pg`'s connection that a query of one's own speaks to. */
interface Connection {
  parsedStatements: Record<string, string>;
  stream: { cork(): void; uncork(): void };
  bind(config: { statement: string; values: unknown[]; valueMapper: typeof prepareValue }): void;
  execute(config: { portal: string; rows: number }): void;
  sync(): void;
}

// `pg` takes queries of other makes only where they are its own Query, because it must know that no portal stays
// open (https://node-postgres.com/apis/client, "pipeline").
class Together extends pg.Query {
  constructor(statements: Statement[], done: (error: Error | undefined) => void) {
    super('', undefined, done);
    this.submit = (connection) => send(connection as unknown as Connection, statements);
  }

  /** Nobody asked for rows, and without their description they can't be read. */
  handleDataRow(): void {}
}

function send(connection: Connection, statements: Statement[]): void {
  connection.stream.cork();
  for (const { name, values } of statements) {
    connection.bind({ statement: name, values, valueMapper: prepareValue });
    connection.execute({ portal: '', rows: 0 });
  }
  connection.sync();
  connection.stream.uncork();
}
