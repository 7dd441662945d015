import type { z } from 'zod';
import type { ErrorCode } from '../contract/errors.ts';
import type { CommonCode, Operation } from '../contract/operation.ts';
import type { ProblemCode, ProblemWith } from './problem.ts';

// biome-ignore lint/suspicious/noExplicitAny: each part is read back by the types below
export type AnyOperation = Operation<any, any, any, any, any, any, any, any, any, any>;

declare const of: unique symbol;
/**
 * One operation of the contract. At run time it is the text `POST /api/orders`, with ` once` behind it where the
 * operation may not be repeated (contract/operation.ts, isRepeatable); for the compiler it also knows the operation.
 */
export type Endpoint<Op> = string & { readonly [of]: Op };

/** The text of an operation's endpoint: the compiler holds endpoints.generated.ts to the contract with it. */
export type TextOf<Op extends { method: string; path: string }> =
  `${Op['method']} ${Op['path']}${'' | ' once'}`;

/** One part of a call: left out where the operation has none, optional where nothing in it is required. */
type Part<Name extends string, Schema> = Schema extends z.ZodUndefined
  ? unknown
  : Schema extends z.ZodType
    ? Record<never, never> extends z.input<Schema>
      ? { [N in Name]?: z.input<Schema> }
      : { [N in Name]: z.input<Schema> }
    : unknown;

/** What the operation itself is told: `params`, `query`, `body`, and the version that is being changed. */
export type PartsOf<Op> =
  Op extends Operation<infer P, infer Q, infer B, infer _R, infer _A, infer _M, infer _W, infer _E, infer V>
    ? Part<'params', P> &
        Part<'query', Q> &
        Part<'body', B> &
        (V extends true ? { ifMatch: number } : unknown)
    : never;

/** A reply that is no JSON: a picture, a PDF, a calendar. */
export interface FileReply {
  type: string;
  bytes: Uint8Array;
}

export type ReplyOf<Op> =
  Op extends Operation<
    infer _P,
    infer _Q,
    infer _B,
    infer R,
    infer _A,
    infer _M,
    infer _W,
    infer _E,
    infer _V,
    infer F
  >
    ? [F] extends [never]
      ? // Any schema at all stands for `reply: null`.
        z.ZodType extends R
        ? undefined
        : z.output<R>
      : FileReply
    : never;

/** What an endpoint is told, and what it answers: `RequestOf<typeof placeOrder>`, `AnswerOf<typeof placeOrder>`. */
export type RequestOf<E> = E extends Endpoint<infer Op> ? PartsOf<Op> : never;
export type AnswerOf<E> = E extends Endpoint<infer Op> ? ReplyOf<Op> : never;

/** Every refusal that the operation may answer, and the lack of an answer. */
export type RefusalOf<Op> =
  Op extends Operation<infer _P, infer _Q, infer _B, infer _R, infer _A, infer _M, infer _W, infer E>
    ? ProblemWith<E | CommonCode | Exclude<ProblemCode, ErrorCode>>
    : never;

type Params<Op> = Op extends Operation<infer P> ? Part<'params', P> : never;

/** The address of an operation, for links and downloads: below the server's own address. */
export function addressOf<Op>(
  endpoint: Endpoint<Op>,
  ...[call]: Record<never, never> extends Params<Op> ? [call?: Params<Op>] : [call: Params<Op>]
): string {
  const { params } = (call ?? {}) as { params?: Record<string, string | number> };
  return (endpoint.split(' ')[1] as string).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  );
}
