import type { DBAdapter, DBTransactionAdapter, Where } from '@better-auth/core/db/adapter';
import { tokenHash } from './token-hash.ts';

/** The fields that an adapter call may have. Which ones it has depends on the method. */
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
 * Wraps better-auth's adapter so that the database holds only the hash of a session's token. better-auth itself still
 * uses tokens: this replaces them with hashes on the way in, and puts the call's own token back into the result. A
 * session that was found in another way shows the hash, which opens nothing.
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

/** Returns the request with hashes instead of tokens. `tokens` then maps each hash to its token. */
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
