import { z } from 'zod';
import { idSchema } from './ids.ts';
import { operation } from './operation.ts';

/*
 * Tickets as passes in Apple Wallet and Google Wallet (docs/wallet-passes.md). The paths under `/api/apple-wallet/v1` and their
 * fields are Apple's: devices call them (https://developer.apple.com/documentation/walletpasses/adding-a-web-service-to-update-passes).
 */

const passWallets = ['apple', 'google'] as const;
const passWalletSchema = z.enum(passWallets);
export type PassWallet = z.output<typeof passWalletSchema>;

export const listPassWallets = operation({
  id: 'listPassWallets',
  method: 'GET',
  path: '/api/pass-wallets',
  tag: 'Wallet passes',
  summary: 'List the wallets that this site makes passes for',
  access: 'public',
  status: 200,
  reply: z.object({ wallets: z.array(passWalletSchema) }),
  errors: [],
});

const ticketParam = z.object({ ticketId: idSchema('ticket') });

/** Why a ticket has no pass. A pass is a copy that never turns, so it exists where paper does. */
const refusals = [
  'passes_off',
  'ticket_not_admissible',
  'ticket_transferred',
  'event_over',
  'paper_not_allowed',
  'paper_not_asked',
] as const;

/** Making a pass takes a signature or a call to another company. */
const rateLimit = { max: 120, seconds: 3600 };

export const getApplePass = operation({
  id: 'getApplePass',
  method: 'GET',
  path: '/api/tickets/{ticketId}/ticket.pkpass',
  tag: 'Wallet passes',
  summary: 'Get a ticket as a pass for Apple Wallet',
  description:
    'The pass is updated by push when the event or the ticket changes, and it becomes void when the ticket is cancelled or passed on. For events whose codes turn, only a ticket on paper has a pass.',
  access: 'holder',
  params: ticketParam,
  rateLimit,
  status: 200,
  reply: null,
  produces: 'application/vnd.apple.pkpass',
  errors: refusals,
});

export const makeGooglePass = operation({
  id: 'makeGooglePass',
  method: 'POST',
  path: '/api/tickets/{ticketId}/google-passes',
  tag: 'Wallet passes',
  summary: 'Make a pass of a ticket for Google Wallet',
  description:
    'Admit gives the pass to Google, and answers with the address at which a person saves it to their wallet. The pass is kept up to date like that for Apple Wallet.',
  access: 'holder',
  params: ticketParam,
  rateLimit,
  status: 201,
  reply: z.object({
    saveUrl: z.url().meta({ description: 'Whoever opens it can save the pass: keep it to yourself.' }),
  }),
  errors: [...refusals, 'google_wallet_unavailable'],
  example: { reply: { saveUrl: 'https://pay.google.com/gp/v/save/eyJhbGciOi' } },
});

const deviceParam = z
  .string()
  .regex(/^[\w-]{1,128}$/, 'expected the library identifier of a device')
  .meta({ examples: ['8f2a6c1e7b9d4f0aa1c3e5d7f9b2c4e6'] });
const typeParam = z
  .string()
  .regex(/^pass\.[\w.-]{1,120}$/, 'expected a pass type identifier')
  .meta({ examples: ['pass.com.example.tickets'] });
const passParams = z.object({ passType: typeParam, serial: idSchema('pass') });
const registrationParams = z.object({
  libraryId: deviceParam,
  passType: typeParam,
  serial: idSchema('pass'),
});

const authorization = {
  Authorization: {
    description:
      'The scheme `ApplePass` and the token that is in the pass. Without the right one, the answer is 401, whether there is such a pass or not.',
    required: true,
    example: 'ApplePass uLx2bNf0b7Yw1cQj3kq9ZzP6mD4tR8aS',
  },
};

/** Phones of one mobile network share an address, and after an event was moved all of them ask at once. */
const devicesLimit = { max: 20_000, seconds: 3600 };

export const registerPassDevice = operation({
  id: 'registerPassDevice',
  method: 'POST',
  path: '/api/apple-wallet/v1/devices/{libraryId}/registrations/{passType}/{serial}',
  tag: 'Wallet passes',
  summary: 'Register a device for changes of a pass',
  description: 'A device calls this when its owner has added the pass.',
  access: 'secret',
  headers: authorization,
  params: registrationParams,
  body: z.object({ pushToken: z.string().regex(/^[0-9a-fA-F]{1,200}$/, 'expected a push token in hex') }),
  rateLimit: devicesLimit,
  status: 201,
  alsoStatus: { 200: 'The device was registered before.' },
  reply: null,
  errors: ['pass_token_wrong', 'pass_devices_full'],
  example: { body: { pushToken: '740f4707bebcf74f9b7c25d48e3358945f6aa01da5ddb387462c7eaf61bb78ad' } },
});

export const unregisterPassDevice = operation({
  id: 'unregisterPassDevice',
  method: 'DELETE',
  path: '/api/apple-wallet/v1/devices/{libraryId}/registrations/{passType}/{serial}',
  tag: 'Wallet passes',
  summary: 'End the registration of a device for a pass',
  access: 'secret',
  headers: authorization,
  params: registrationParams,
  rateLimit: devicesLimit,
  status: 200,
  reply: null,
  errors: ['pass_token_wrong'],
});

export const listChangedPasses = operation({
  id: 'listChangedPasses',
  method: 'GET',
  path: '/api/apple-wallet/v1/devices/{libraryId}/registrations/{passType}',
  tag: 'Wallet passes',
  summary: 'List the passes of a device that have changed',
  description:
    'The identifier of the device is its secret. A device that is not registered gets the same answer as one whose passes are current.',
  access: 'secret',
  params: z.object({ libraryId: deviceParam, passType: typeParam }),
  query: z.object({
    passesUpdatedSince: z
      .string()
      .regex(/^\d{1,12}$/)
      .optional()
      .meta({ description: 'The `lastUpdated` of an earlier answer.' }),
  }),
  rateLimit: devicesLimit,
  status: 200,
  alsoStatus: { 204: 'No pass has changed.' },
  // Nothing with 204.
  reply: z.optional(z.object({ serialNumbers: z.array(idSchema('pass')), lastUpdated: z.string() })),
  errors: [],
});

export const getChangedPass = operation({
  id: 'getChangedPass',
  method: 'GET',
  path: '/api/apple-wallet/v1/passes/{passType}/{serial}',
  tag: 'Wallet passes',
  summary: 'Get a pass as it is now',
  description:
    'A pass whose ticket was cancelled or passed on comes without a code, and says that it is void. That of a former holder says nothing of the new one.',
  access: 'secret',
  headers: {
    ...authorization,
    'If-Modified-Since': { description: 'The `Last-Modified` of the pass that the device has.' },
  },
  params: passParams,
  rateLimit: devicesLimit,
  status: 200,
  alsoStatus: { 304: 'The pass has not changed.' },
  reply: null,
  produces: 'application/vnd.apple.pkpass',
  errors: ['pass_token_wrong'],
});

export const logPassTroubles = operation({
  id: 'logPassTroubles',
  method: 'POST',
  path: '/api/apple-wallet/v1/log',
  tag: 'Wallet passes',
  summary: 'Report troubles of a device with a pass',
  description: 'Devices send what went wrong. It is written to the log of the server, and shortened.',
  access: 'public',
  body: z.object({ logs: z.array(z.string().max(4000)).max(100) }),
  rateLimit: { max: 60, seconds: 3600 },
  status: 200,
  reply: null,
  errors: [],
  example: { body: { logs: ['Web service error: the pass could not be read'] } },
});
