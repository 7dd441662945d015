import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { Act, SubjectType } from '../../contract/acts.ts';
import type { OrganisationId } from '../../contract/ids.ts';
import type { Clock } from '../clock.ts';
import { networkOf } from '../http/networks.ts';
import type { NewId } from '../ids.ts';
import type { Writes } from './db.ts';

/** The part of a call that says who acts, and from where. Calls of the demo and of tests have no request. */
export interface ActingCall {
  caller: { userId: string; key?: { id: string; name: string } } | null;
  requestId?: string;
  ip?: string;
  header?(name: string): string | undefined;
}

/** Who acts: the sender of a request, a job of ours, or the payment provider. */
export type ActBy = ActingCall | { system: string } | { provider: string };

export type Fields = Record<string, unknown>;

interface ActNote {
  act: Act;
  /** The organisation that the act concerns; null for acts of the platform's admins. */
  organisationId: OrganisationId | null;
  subject: { type: SubjectType; id: string; title?: string };
  /** Null if the thing did not exist before, or does not exist any more. Never contains secrets or buyers' data. */
  before: Fields | null;
  after: Fields | null;
}

// Reads the actor's role in the same transaction. So a command that ends or changes the actor's own role must note its
// act before it writes the role.
const insertSql = `
  insert into audit_log (id, at, act, organisation_id, actor_kind, actor_id, actor_role, network, user_agent,
    subject_type, subject_id, subject_title, before, after, request_id, api_key_id, api_key_name)
  values ($1, $2, $3, $4, $5, $6,
    case when $4::text is null then $7 else (select role from members where organisation_id = $4 and user_id = $6) end,
    $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`;

/**
 * Writes an entry of the audit log in the transaction of its act. It commits with the act, or neither does. If both
 * states are given, the entry has only the fields that differ. If none differs, it writes nothing, because nothing
 * happened.
 */
export function noteAct(app: { newId: NewId; clock: Clock }, trx: Writes, by: ActBy, note: ActNote): void {
  const { act, organisationId, subject } = note;
  const changes = changesBetween(note.before, note.after);
  if (!changes) return;
  const { kind, id, role, network, userAgent, requestId, key } = actorOf(by);
  trx.write(insertSql, [
    app.newId('auditEntry'),
    app.clock.now(),
    act,
    organisationId,
    kind,
    id,
    role,
    network,
    userAgent,
    subject.type,
    subject.id,
    subject.title ?? null,
    json(changes.before),
    json(changes.after),
    requestId,
    key?.id ?? null,
    key?.name ?? null,
  ]);
}

const json = (fields: Fields | null): string | null => (fields === null ? null : JSON.stringify(fields));

const nowhere = { role: null, network: null, userAgent: null, requestId: null, key: undefined };
/** Long enough for what browsers send. */
const mostOfUserAgent = 200;

function actorOf(by: ActBy) {
  if ('system' in by) return { ...nowhere, kind: 'system', id: by.system };
  if ('provider' in by) return { ...nowhere, kind: 'provider', id: by.provider };
  const { caller, ip, header, requestId = null } = by;
  return {
    kind: caller ? 'user' : 'secret',
    id: caller?.userId ?? null,
    role: 'admin',
    network: ip === undefined ? null : networkOf(ip),
    userAgent: header?.('user-agent')?.slice(0, mostOfUserAgent) ?? null,
    requestId,
    key: caller?.key,
  };
}

/**
 * Reduces two states to the fields that differ; null if none does. A field that is an object, like a list of ticket
 * types by id, is reduced to its own fields that differ.
 */
function changesBetween(
  before: Fields | null,
  after: Fields | null,
): { before: Fields | null; after: Fields | null } | null {
  if (!before || !after) return { before, after };
  const changes: { before: Fields; after: Fields } = { before: {}, after: {} };
  for (const name of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const [was, is] = [before[name], after[name]];
    if (isDeepStrictEqual(was, is)) continue;
    const inner = isFields(was) && isFields(is) ? changesBetween(was, is) : null;
    if (was !== undefined) changes.before[name] = inner ? inner.before : was;
    if (is !== undefined) changes.after[name] = inner ? inner.after : is;
  }
  return Object.keys(changes.before).length + Object.keys(changes.after).length > 0 ? changes : null;
}

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !isMoney(value);

/** An amount keeps its currency, because a number alone says little. */
const isMoney = (value: object): boolean => 'amount' in value && 'currency' in value;

/** Stands for a long text or a layout: shows that it changed without a copy of it. */
export const digestOf = (text: string): Fields => ({
  length: text.length,
  sha256: createHash('sha256').update(text).digest('base64url').slice(0, 22),
});

/** An address that its owner recognises and nobody can write to: `d…@example.com`. */
export const maskAddress = (email: string): string =>
  `${[...email][0] ?? ''}…${email.slice(email.lastIndexOf('@'))}`;
