import type { FastifyInstance } from 'fastify';
import { Refused } from '../../contract/errors.ts';
import { largeBodyBytes } from '../../contract/operation.ts';
import { checkText } from './read-call.ts';

/**
 * Parses bodies as JSON. A large body is counted through before it is parsed: parsing 8 MB of `[[[[…` takes 2.9 s and
 * 170 MB, counting its brackets 10 ms and nothing. The body of a signed operation is left as it came, because nothing
 * may be worked out from it before its signature holds.
 */
export function addBodyParser(http: FastifyInstance): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    if (body.length === 0 || request.routeOptions.config.takesRawBody) return done(null, undefined);
    try {
      if (body.length > largeBodyBytes) checkShape(body);
      const parsed: unknown = JSON.parse(body.toString('utf8'));
      // Such characters can only have come in escaped, and hardly any body escapes a character.
      if (body.includes('\\u')) checkText(parsed, 'body');
      // Parsing and checking are a turn of the event loop each, so that others are answered in between.
      if (body.length > largeBodyBytes) setImmediate(done, null, parsed);
      else done(null, parsed);
    } catch (error) {
      done(error instanceof Refused ? error : new Refused('malformed_json'));
    }
  });
}

/** Of one large body. The largest layout, 120,000 seats in rows of 20, has 400,000 values and 60,000 properties. */
export const mostNesting = 16;
export const mostValues = 600_000;
export const mostProperties = 100_000;
export const mostContainers = 100_000;

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Throws Refused('invalid_request') for JSON that no operation takes and that would be expensive to parse. */
export function checkShape(json: Uint8Array): void {
  let depth = 0;
  let values = 1;
  let properties = 0;
  let containers = 0;
  for (let i = 0; i < json.length; i++) {
    const byte = json[i];
    if (byte === quote) i = endOfText(json, i);
    else if (byte === comma) values++;
    else if (byte === colon) properties++;
    else if (byte === openArray || byte === openObject) {
      containers++;
      if (++depth > mostNesting) refuse(`is nested more than ${mostNesting} deep`);
    } else if (byte === closeArray || byte === closeObject) depth--;
  }
  if (values > mostValues) refuse(`has more than ${mostValues} values`);
  if (properties > mostProperties) refuse(`has more than ${mostProperties} properties`);
  if (containers > mostContainers) refuse(`has more than ${mostContainers} lists and objects`);
}

/** The position of the quote that ends the text which begins at `start`; the end of the JSON where there is none. */
function endOfText(json: Uint8Array, start: number): number {
  for (let i = start + 1; i < json.length; i++) {
    if (json[i] === backslash) i++;
    else if (json[i] === quote) return i;
  }
  return json.length;
}

function refuse(message: string): never {
  throw new Refused('invalid_request', {
    detail: `The body ${message}.`,
    issues: [{ path: 'body', message }],
  });
}
