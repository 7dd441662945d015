import { curlOf, shortJson } from './curl.ts';
import { type ExampleRequest, exampleRequests, needsOutside } from './requests.ts';

/** Longer answers are cut in the page; the API's description has all of them. */
const mostOfReply = 1200;

/** docs/api.md. */
export function describePage(requests: ExampleRequest[] = exampleRequests()): string {
  const byTag = Map.groupBy(requests, ({ op }) => op.tag);
  const index = [...byTag].map(
    ([tag, those]) =>
      `- [${tag}](#${anchor(tag)}): ${those.map(({ op }) => `[${op.id}](#${op.id.toLowerCase()})`).join(', ')}`,
  );
  const outside = Object.entries(needsOutside).map(
    ([id, { what, code }]) => `| [${id}](#${id.toLowerCase()}) | ${what} | \`${code}\` |`,
  );
  const topics = [...byTag].map(([tag, those]) => [`## ${tag}`, ...those.map(sectionOf)].join('\n\n'));
  return `${[intro, index.join('\n'), outsideText, outside.join('\n'), ...topics].join('\n\n').replace(/\|\n\n\|/g, '|\n|')}\n`;
}

const anchor = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} -]/gu, '')
    .replaceAll(' ', '-');

const intro = `# The API, one request for each operation

\`node tools/make-api-docs.ts\` writes this page and [admit.postman_collection.json](admit.postman_collection.json) from \`contract/\`; do not edit them. \`/api/docs\` of a running Admit has every field, and \`/api/openapi.json\` is for tools. [client.md](client.md) has the client for TypeScript.

A test runs every line below with curl against a server and expects a success (\`server/http/api-docs.test.ts\`).

## Before you begin
\`\`\`
export ADMIT=http://localhost:3000
export TOKEN=…
\`\`\`

- \`ADMIT\` is the address of the installation.
- \`TOKEN\` is a session token (\`token\` in the answer of \`signInEmail\` or \`signInAnonymous\`), a JWT, or an API key where an operation names a scope ([api-keys.md](api-keys.md)).
- \`EVENT_ID\`, \`TICKET_TYPE_ID\`, … are ids from answers: \`createEvent\` answers the event's \`id\` and its \`ticketTypes\`, \`placeHold\` the hold's, \`placeOrder\` the order's and the payment's. \`getOrder\` has the tickets.
- \`VERSION\` is the \`version\` that you change. \`SECRET\`, \`MAIL_TOKEN\`, \`CLIENT_SECRET\` and \`CODE\` come from the mail, the payment or the ticket that the operation is about. \`PASSWORD\` and \`CURRENT_PASSWORD\` are your own.
- \`UPLOAD\` is the path of a file. \`FILE\`, \`PAYOUTS_FILE\` and \`VOUCHER_FILE\` are the names of files that Admit makes, such as \`attendees.csv\`.
- The second id of a kind in one request is \`EVENT_ID_2\`. Fields like \`AMOUNT\`, \`QUANTITY\`, \`AT\` and \`NAME\` must fit what you have.

Unsafe operations take an \`Idempotency-Key\`: add \`-H "Idempotency-Key: $(uuidgen)"\` and send the same key again to retry safely. Money is in minor units, and times are RFC 3339.

Every refusal is \`application/problem+json\` with a stable \`code\`. All operations may answer \`invalid_request\`, \`rate_limited\`, \`unavailable\` and \`internal\`; those that need a token \`unauthenticated\`, \`forbidden\`, \`not_found\` and \`suspended\`, with an API key \`invalid_api_key\`, \`api_key_expired\` and \`missing_scope\`; those that change something \`idempotency_key_reused\`, \`malformed_json\`, \`payload_too_large\` and with a version \`version_mismatch\` and \`version_required\`. The lists below have the codes beyond these.

## Topics`;

const outsideText = `## What needs something outside
These need a provider, a device or a link that a fresh installation does not have. Until then they refuse the request below.

| operation | needs | refuses with |
| --- | --- | --- |`;

function sectionOf(request: ExampleRequest): string {
  const { op, codes, scope } = request;
  const facts = [
    accessText(request),
    scope && `API keys need \`${scope}\`.`,
    needsOutside[op.id] && `Needs ${needsOutside[op.id]?.what}.`,
  ].filter(Boolean);
  return [
    `### ${op.id}`,
    `${op.summary}. ${facts.join(' ')}`,
    `\`\`\`sh\n${curlOf(request)}\n\`\`\``,
    replyText(request),
    ...(codes.length > 0 ? [`Codes: ${codes.map((code) => `\`${code}\``).join(', ')}`] : []),
  ].join('\n\n');
}

const accessText = ({ op }: ExampleRequest): string =>
  ({
    public: 'For anybody.',
    'signed-in': 'For anybody who is signed in, guests too.',
    holder: 'For the person it belongs to.',
    'holder-or-team': `For the person it belongs to, and members of the team with \`${op.needs}\`.`,
    team: `For members of the team with \`${op.needs}\`.`,
    door: `For members of the team with \`${op.needs}\`, and devices of a door link.`,
    admin: 'For admins of the platform.',
    signature: 'The body is signed.',
    secret: 'For whoever knows the secret.',
  })[op.access];

function replyText({ op, reply }: ExampleRequest): string {
  if (op.redirect) return `Answer: 302. ${op.redirect}`;
  if (op.produces) return `Answer: ${op.status}, a file (\`${op.produces}\`).`;
  if (reply === undefined) return `Answer: ${op.status}, without a body.`;
  const text = shortJson(reply);
  if (text.length <= mostOfReply) return `Answer: ${op.status}\n\n\`\`\`json\n${text}\n\`\`\``;
  const names = Object.keys(reply as object).map((name) => `\`${name}\``);
  return `Answer: ${op.status}, with ${names.join(', ')}.`;
}
