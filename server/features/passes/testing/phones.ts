import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PassId, TicketId } from '../../../../contract/ids.ts';
import {
  appleEnv,
  makePassCertificates,
  type PassCertificates,
  startApplePush,
  type TestApplePush,
} from '../../../testing/pass-services.ts';
import { createWorld, type Person, type TestEvent, type World } from '../../../testing/world.ts';
import { buy } from '../../tickets/testing/buy.ts';

/** Apple's paths. */
export const service = '/api/apple-wallet/v1';

interface PassFile {
  serialNumber: PassId;
  authenticationToken: string;
  voided: boolean;
  barcodes?: { message: string; altText?: string }[];
  eventTicket: Record<string, { key: string; label: string; value: string; changeMessage?: string }[]>;
  [member: string]: unknown;
}

/** The value of a field of a pass. */
export const field = (pass: PassFile, key: string): string | undefined =>
  Object.values(pass.eventTicket)
    .flat()
    .find((each) => each.key === key)?.value;

/** A world with passes for Apple Wallet, Apple's push service, and phones. */
export async function createPassWorld() {
  const made: PassCertificates = makePassCertificates();
  const apple: TestApplePush = await startApplePush(made);
  const world: World = await createWorld(appleEnv(made, apple.url));
  const folder = mkdtempSync(join(tmpdir(), 'admit-pass-'));
  let files = 0;
  let phones = 0;

  /** The pass.json in the file of a pass. */
  function readPass(bytes: Buffer): PassFile {
    const file = join(folder, `${++files}.pkpass`);
    writeFileSync(file, bytes);
    return JSON.parse(spawnSync('unzip', ['-p', file, 'pass.json']).stdout.toString());
  }

  async function passOf(person: Person, ticketId: TicketId): Promise<PassFile> {
    const answer = await person.client.get(`/api/tickets/${ticketId}/ticket.pkpass`);
    const type = answer.headers.get('content-type');
    if (answer.status !== 200 || type !== 'application/vnd.apple.pkpass')
      throw new Error(`no pass: ${answer.status} ${type} ${JSON.stringify(answer.body)}`);
    return readPass(answer.bytes);
  }

  /** A phone: it speaks Apple's protocol. Without an identifier it is a new one. */
  function phone(id = `phone-${++phones}`, pushToken = Buffer.from(id).toString('hex')) {
    const client = world.client();
    const own = ({ authenticationToken }: Pick<PassFile, 'authenticationToken'>) => ({
      authorization: `ApplePass ${authenticationToken}`,
    });
    const registrations = `${service}/devices/${id}/registrations/${made.passType}`;
    return {
      pushToken,
      add: (pass: PassFile) => client.post(`${registrations}/${pass.serialNumber}`, { pushToken }, own(pass)),
      remove: (pass: PassFile) => client.delete(`${registrations}/${pass.serialNumber}`, own(pass)),
      changed: (since?: string) =>
        client.get(`${registrations}${since === undefined ? '' : `?passesUpdatedSince=${since}`}`),
      get: (pass: PassFile, headers: Record<string, string> = {}) =>
        client.get(`${service}/passes/${made.passType}/${pass.serialNumber}`, {
          ...own(pass),
          ...headers,
        }),
    };
  }

  /** A guest with a ticket whose pass is on their phone. */
  async function withPass(fields: Record<string, unknown> = {}) {
    const event = await world.event({ priceMinor: 0, fields });
    const person = await world.guest();
    const bought = await buy(world, person, event);
    const ticketId = bought.tickets[0]?.id as TicketId;
    const pass = await passOf(person, ticketId);
    const device = phone();
    const added = await device.add(pass);
    if (added.status !== 201) throw new Error(`not added: ${JSON.stringify(added.body)}`);
    return { event, person, ...bought, ticketId, pass, device };
  }

  return {
    made,
    apple,
    world,
    readPass,
    passOf,
    phone,
    withPass,
    /** The push tokens that got a push, in their order. */
    tokens: () => apple.pushed.map(({ token }) => token),
    /** Does what an earlier test has left to do, and forgets its pushes. */
    async calm(): Promise<void> {
      apple.answer = () => ({ status: 200 });
      await world.drain();
      apple.pushed.length = 0;
    },
    /** The organiser edits an event. */
    async edit({ id, organiser }: TestEvent, body: Record<string, unknown>): Promise<void> {
      const path = `/api/events/${id}`;
      const { version } = (await organiser.client.get(`${path}/management`)).body;
      const answer = await organiser.client.patch(path, body, { 'if-match': `"${version}"` });
      if (answer.status !== 200) throw new Error(`not edited: ${JSON.stringify(answer.body)}`);
    },
    async close(): Promise<void> {
      await world.close();
      await apple.close();
      made.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
