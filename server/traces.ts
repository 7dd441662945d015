import type { TaskHandlers } from './work/jobs.ts';

/** Spans for an operator's tracing backend. An App has none unless the operator names a collector (docs/operations.md). */
export interface Traces {
  /** Runs `work` in a span. Spans that `work` begins are its children. If `work` fails, the span says so. */
  span<T>(name: string, about: About, work: () => Promise<T>): Promise<T>;
  /** Begins a span that the caller ends. */
  begin(name: string, about: About): Span;
  /** The span in which the caller runs, as the header `traceparent` names it; null outside of spans. */
  here(): string | null;
  /** Sends what is collected. It takes two seconds at most. */
  close(): Promise<void>;
}

export interface About {
  kind?: 'server' | 'client' | 'producer' | 'consumer';
  attributes?: Record<string, string | number>;
  /** Where the span belongs: under the caller's span by default, under this one, or at the beginning of a trace. */
  parent?: string | undefined;
  /** Other spans that this one has to do with. */
  links?: string[];
}

export interface Span {
  /** Runs `work` inside the span. */
  run<T>(work: () => T): T;
  set(name: string, value: string | number): void;
  end(): void;
  fail(error: unknown): void;
}

/** Gives each job a trace of its own. */
export const traceTasks = (handlers: TaskHandlers, traces: Traces | null): TaskHandlers =>
  traces
    ? Object.fromEntries(
        Object.entries(handlers).map(([name, handle]) => [
          name,
          (payload: unknown) =>
            traces.span(`job ${name}`, { kind: 'consumer', parent: 'none' }, async () =>
              handle(payload as never),
            ),
        ]),
      )
    : handlers;
