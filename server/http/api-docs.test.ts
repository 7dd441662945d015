import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Operation } from '../../contract/operation.ts';
import { operations } from '../../contract/operations.ts';
import { describePage } from '../../tools/api-docs/page.ts';
import { describeCollection } from '../../tools/api-docs/postman.ts';
import { namesOf, needsOutside, variableOf } from '../../tools/api-docs/requests.ts';
import { type CallerName, type Cast, callerOf, createCast } from '../testing/cast.ts';
import { type Possible, possible } from '../testing/possible.ts';
import { createWorld, type World } from '../testing/world.ts';

/*
 * Runs every line of docs/api.md as a shell would, with the real curl. testing/possible.ts brings the world into a state in which
 * the operation can succeed, and gives the variables.
 */
const docs = join(import.meta.dirname, '../../docs');
const page = readFileSync(join(docs, 'api.md'), 'utf8');
const lines = new Map(
  [...page.matchAll(/^### (\w+)\n[\s\S]*?```sh\n([\s\S]*?)\n```/gm)].map(([, id = '', line = '']) => [
    id,
    line,
  ]),
);

let world: World;
let cast: Cast;
let folder: string;
let pictureId: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'admit-curl-'));
  world = await createWorld({ TRUST_PROXY: '1' });
  cast = await createCast(world);
  const cover = sharp({ create: { width: 1600, height: 900, channels: 3, background: '#336699' } });
  const jpeg = await cover.jpeg().toBuffer();
  writeFileSync(join(folder, 'cover'), jpeg);
  const sent = await cast.house.client.send(
    'POST',
    `/api/organisations/${cast.house.organisationId}/pictures`,
    {
      body: jpeg,
      headers: { 'content-type': 'image/jpeg' },
    },
  );
  expect(sent.status).toBe(201);
  pictureId = sent.body.id;
});
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await world.close();
});

test('the page and the collection match the contract', () => {
  expect(page).toBe(describePage());
  expect(readFileSync(join(docs, 'admit.postman_collection.json'), 'utf8')).toBe(describeCollection());
  expect([...lines.keys()].sort()).toEqual(operations.map(({ id }) => id).sort());
});

test('the collection sends what the page sends', () => {
  const collection = JSON.parse(readFileSync(join(docs, 'admit.postman_collection.json'), 'utf8'));
  expect(collection.info.schema).toBe('https://schema.getpostman.com/json/collection/v2.1.0/collection.json');
  const named = new Set(collection.variable.map(({ key }: { key: string }) => key));
  const items = collection.item.flatMap(({ item }: { item: PostmanItem[] }) => item) as PostmanItem[];
  expect(items.map(({ name }) => name).sort()).toEqual([...lines.keys()].sort());
  for (const { name, request } of items) {
    const line = lines.get(name) ?? '';
    const inShell = (text: string) =>
      text.replaceAll(/\{\{([A-Z0-9_]+)\}\}/g, (_, variable: string) => {
        expect(named, name).toContain(variable);
        return `$${variable}`;
      });
    expect(line.startsWith(`curl${request.method === 'GET' ? '' : ` -X ${request.method}`} `), name).toBe(
      true,
    );
    expect(line, name).toContain(`"${inShell(request.url.raw)}"`);
    const sentBy = (key: string, value: string) => `-H "${key}: ${inShell(value).replaceAll('"', '\\"')}"`;
    for (const { key, value } of request.header) expect(line, name).toContain(sentBy(key, value));
    expect(line.includes('Bearer $TOKEN'), name).toBe(request.auth?.type !== 'noauth');
    const raw = request.body?.raw;
    if (raw?.startsWith('{') && !raw.startsWith('{{'))
      expect(line.replaceAll('\\', ''), name).toContain(inShell(raw).replaceAll('\\', ''));
  }
});

interface PostmanItem {
  name: string;
  request: {
    method: string;
    url: { raw: string };
    header: { key: string; value: string }[];
    auth?: { type: string };
    body?: { raw?: string };
  };
}

/** Who sends an example, if it is not who may call the operation in other tests. */
const senders: Partial<Record<string, CallerName>> = Object.fromEntries(
  [
    'acceptInvitation',
    'addPasskey',
    'changePassword',
    'confirmEmail',
    'createOrganisation',
    'deleteMe',
    'disableTwoFactor',
    'enableTwoFactor',
    'offerPasskey',
    'removePasskey',
    'renewBackupCodes',
    'verifyBackupCode',
    'verifyTwoFactorCode',
  ].map((id) => [id, 'user']),
);

describe('every line of the page', () => {
  test.each(operations.map((op) => [op.id, op] as const))('%s', async (id, op) => {
    const line = lines.get(id) ?? '';
    const request = await possible(world, cast, op, senders[id] ?? callerOf[op.access]);
    const { status, body } = await run(line, await variablesOf(id, op, request, line), request);
    const outside = needsOutside[id];
    if (outside) return expect(JSON.parse(body).code).toBe(outside.code);
    const success = op.redirect ? 302 : op.status;
    expect(
      [success, ...Object.keys(op.alsoStatus ?? {}).map(Number)],
      `${status} ${body.slice(0, 600)}`,
    ).toContain(status);
  });
});

const ticketTypeOf = async (eventId: string): Promise<string> =>
  (
    await world.app.db.query<{ id: string }>('select id from ticket_types where event_id = $1 order by id', [
      eventId,
    ])
  )[0]?.id ?? '';

/** The variables in a line. An unknown one fails the test. */
async function variablesOf(
  id: string,
  op: Operation,
  request: Possible,
  line: string,
): Promise<Record<string, string>> {
  const [session] = request.person ? await world.app.accounts.openSessions([request.person.userId]) : [];
  const known: Record<string, string> = {
    ADMIT: world.url,
    TOKEN: session?.token ?? '',
    UPLOAD: join(folder, 'cover'),
    PICTURE_ID: pictureId,
    // What a provider or a device would send, and this test cannot.
    AUTHORIZATION: 'ApplePass none',
    X_TWILIO_SIGNATURE: 'none',
    KEY: 'none',
    BODY: JSON.stringify(request.body) ?? '',
    VERSION: request.headers['if-match']?.replaceAll('"', '') ?? '',
    ...Object.fromEntries(Object.entries(cast.params).map(([name, value]) => [variableOf(name), value])),
    ...leavesOf(id, request.body),
    ...pathVariables(op, request.path),
    ...Object.fromEntries(
      Object.entries(request.headers).map(([name, value]) => [variableOf(name.replaceAll('-', '_')), value]),
    ),
  };
  known.TICKET_TYPE_ID ??= await ticketTypeOf(known.EVENT_ID ?? '');
  const named = [...line.matchAll(/\$([A-Z][A-Z0-9_]*)/g)].map(([, name = '']) => name);
  return Object.fromEntries(
    named.map((name) => {
      if (known[name] === undefined) throw new Error(`the test knows no $${name}`);
      return [name, known[name]];
    }),
  );
}

function pathVariables(op: Operation, path: string): Record<string, string> {
  const [bare = '', query = ''] = path.split('?');
  const pattern = op.path.replaceAll(/[.]/g, '\\.').replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+?)');
  const params = Object.entries(new RegExp(`^${pattern}$`).exec(bare)?.groups ?? {});
  return Object.fromEntries(
    [...params, ...new URLSearchParams(query)].map(([name = '', value = '']) => [
      variableOf(name),
      decodeURIComponent(value),
    ]),
  );
}

/** The values of a body that a reader would put into variables. */
function leavesOf(id: string, body: unknown): Record<string, string> {
  const found: Record<string, string> = {};
  const variableIn = namesOf(id);
  const look = (value: unknown, name: string, isListed = false): void => {
    if (Array.isArray(value)) for (const each of value) look(each, name, true);
    else if (typeof value === 'object' && value !== null)
      for (const [key, each] of Object.entries(value)) look(each, key, isListed);
    else {
      const variable = variableIn(name, value, isListed);
      if (variable) found[variable] = String(value);
    }
  };
  look(body, '');
  return found;
}

/** Runs a line in a shell and returns curl's status and the answer's text. */
async function run(line: string, variables: Record<string, string>, { headers }: Possible) {
  const out = join(folder, 'answer');
  writeFileSync(out, '');
  const from = `x-forwarded-for: ${headers['x-forwarded-for']}`;
  const script = `set -u\ncurl() { command curl -sS -o "$OUT" -w '%{http_code}' -H "$FROM" "$@"; }\n${line}\n`;
  const child = spawn('sh', ['-c', script], {
    env: { PATH: process.env.PATH, ...variables, OUT: out, FROM: from },
  });
  let [said, complained] = ['', ''];
  child.stdout.on('data', (text) => (said += text));
  child.stderr.on('data', (text) => (complained += text));
  await new Promise((done) => child.once('close', done));
  expect(complained).toBe('');
  return { status: Number(said), body: readFileSync(out, 'utf8') };
}
