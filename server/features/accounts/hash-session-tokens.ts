import type { DBAdapter, DBTransactionAdapter, Where } from '@better-auth/core/db/adapter';
import { tokenHash } from './token-hash.ts';

/** What a call of the adapter may name; which of these it does depends on the method. */
interface Request {
  model: string;
  where?: Where[];
  data?: Record<string, unknown>;
  update?: Record<string, unknown>;
  set?: Record<string, unknown>;
}
type Method = (request: Request) => Promise<unknown>;

const methods = [
  'create',
  'findOne',
  'findMany',
  'count',
  'update',
  'updateMany',
  'delete',
  'deleteMany',
  'consumeOne',
  'incrementOne',
] as const;

/**
 * better-auth's adapter, but the database holds only the hash of a session's token. better-auth goes on to hand
 * out and look up tokens: the hash replaces them on the way in, and the token that a call has named is put back
 * into its result. A session that was found by anything else than its token shows the hash, which opens nothing.
 */
export function hashSessionTokens(adapter: DBAdapter): DBAdapter {
  return {
    ...adapter,
    ...wrapped(adapter),
    transaction: (work) =>
      adapter.transaction((trx) => work({ ...trx, ...wrapped(trx) } as DBTransactionAdapter)),
  } as DBAdapter;
}

function wrapped(adapter: object): Record<string, Method> {
  const given = adapter as Record<string, Method | undefined>;
  const result: Record<string, Method> = {};
  for (const name of methods) {
    const method = given[name];
    if (!method) continue;
    result[name] = async (request) => {
      if (request.model !== 'session') return method(request);
      const tokens = new Map<string, string>();
      const hashed = hashRequest(request, tokens);
      return tokens.size === 0 ? method(request) : restore(await method(hashed), tokens);
    };
  }
  return result;
}

/** The request with hashes in place of tokens; `tokens` then says which token each hash stands for. */
function hashRequest(request: Request, tokens: Map<string, string>): Request {
  const hashOf = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(hashOf);
    if (typeof value !== 'string') return value;
    const hashed = tokenHash(value);
    tokens.set(hashed, value);
    return hashed;
  };
  const fields = (record: Record<string, unknown>) =>
    record.token === undefined ? record : { ...record, token: hashOf(record.token) };
  return {
    ...request,
    ...(request.where && {
      where: request.where.map((condition) =>
        condition.field === 'token'
          ? { ...condition, value: hashOf(condition.value) as Where['value'] }
          : condition,
      ),
    }),
    ...(request.data && { data: fields(request.data) }),
    ...(request.update && { update: fields(request.update) }),
    ...(request.set && { set: fields(request.set) }),
  };
}

function restore(result: unknown, tokens: Map<string, string>): unknown {
  if (Array.isArray(result)) return result.map((each) => restore(each, tokens));
  if (typeof result !== 'object' || result === null || !('token' in result)) return result;
  return { ...result, token: tokens.get(result.token as string) ?? result.token };
}
