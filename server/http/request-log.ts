import type { FastifyReply, FastifyRequest } from 'fastify';
import type { App } from '../app.ts';

/** Counts an operation's answers by their status. */
export function countAnswers({ metrics }: Pick<App, 'metrics'>, operation: string): (status: number) => void {
  const counters = new Map<number, { inc(): void }>();
  return (status) => {
    let counter = counters.get(status);
    if (!counter) {
      counter = metrics.requests.labels({ operation, status: String(status) });
      counters.set(status, counter);
    }
    counter.inc();
  };
}

/** Counts an operation's answers, and logs them at the debug level. */
export function createResponseLog(app: App, operation: string) {
  const answered = countAnswers(app, operation);
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    const status = reply.statusCode;
    answered(status);
    if (app.log.isLevelEnabled('debug')) {
      app.log.debug({ requestId: request.id, operation, status, ms: reply.elapsedTime }, 'answered');
    }
    done();
  };
}

/** Request ids: a random start and a counter, so they are unique, short and cheap. */
export function createRequestIds(app: App): () => string {
  const start = app.newId('message').slice(-8);
  let count = 0;
  return () => `${start}-${(++count).toString(36)}`;
}
