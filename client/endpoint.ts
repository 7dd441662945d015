import type { z } from 'zod';
import type { ErrorCode } from '../contract/errors.ts';
import type { CommonCode, Operation } from '../contract/operation.ts';
import type { ProblemCode, ProblemWith } from './problem.ts';

// biome-ignore lint/suspicious/noExplicitAny: each part is read back by the types below
export type AnyOperation = Operation<any, any, any, any, any, any, any, any, any, any>;

declare const of: unique symbol;
/**
 * One operation of the contract. At run time it is the text `POST /api/orders`, followed by ` once` if the operation may
 * not be repeated (contract/operation.ts, isRepeatable). Its type also knows the operation.
 */
export type Endpoint<Op> = string & { readonly [of]: Op };

/** The text of an operation's endpoint. With it the compiler compares endpoints.generated.ts with the contract. */
export type TextOf<Op extends { method: string; path: string }> =
  `${Op['method']} ${Op['path']}${'' | ' once'}`;

/** One part of a call: absent if the operation has none, optional if none of its members is required. */
type Part<Name extends string, Schema> = Schema extends z.ZodUndefined
  ? unknown
  : Schema extends z.ZodType
    ? Record<never, never> extends z.input<Schema>
      ? { [N in Name]?: z.input<Schema> }
      : { [N in Name]: z.input<Schema> }
    : unknown;

/** The input of the operation: `params`, `query`, `body`, and the version that it changes. */
export type PartsOf<Op> =
  Op extends Operation<infer P, infer Q, infer B, infer _R, infer _A, infer _M, infer _W, infer _E, infer V>
    ? Part<'params', P> &
        Part<'query', Q> &
        Part<'body', B> &
        (V extends true ? { ifMatch: number } : unknown)
    : never;

/** A reply that is not JSON: a picture, a PDF, a calendar. */
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
      ? // `reply: null` has the type of any schema.
        z.ZodType extends R
        ? undefined
        : z.output<R>
      : FileReply
    : never;

/** The input and the reply of an endpoint: `RequestOf<typeof placeOrder>`, `AnswerOf<typeof placeOrder>`. */
export type RequestOf<E> = E extends Endpoint<infer Op> ? PartsOf<Op> : never;
export type AnswerOf<E> = E extends Endpoint<infer Op> ? ReplyOf<Op> : never;

/** Every error code of the operation, and `unreachable`. */
export type RefusalOf<Op> =
  Op extends Operation<infer _P, infer _Q, infer _B, infer _R, infer _A, infer _M, infer _W, infer E>
    ? ProblemWith<E | CommonCode | Exclude<ProblemCode, ErrorCode>>
    : never;

type Params<Op> = Op extends Operation<infer P> ? Part<'params', P> : never;

/** The path of an operation on the server, for links and downloads. */
export function addressOf<Op>(
  endpoint: Endpoint<Op>,
  ...[call]: Record<never, never> extends Params<Op> ? [call?: Params<Op>] : [call: Params<Op>]
): string {
  const { params } = (call ?? {}) as { params?: Record<string, string | number> };
  return (endpoint.split(' ')[1] as string).replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(params?.[name] ?? ''),
  );
}
