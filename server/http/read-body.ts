import type { FastifyInstance } from 'fastify';
import { Refused } from '../../contract/errors.ts';
import { largeBodyBytes } from '../../contract/operation.ts';
import { checkText } from './read-call.ts';

/**
 * Parses bodies as JSON. It checks a large body's shape before it parses it: parsing 8 MB of `[[[[…` takes 2.9 s and
 * 170 MB, while counting its brackets takes 10 ms and no memory. It leaves the body of a signed operation as raw
 * bytes, because nobody may interpret it before its signature is verified.
 */
export function addBodyParser(http: FastifyInstance): void {
  http.removeAllContentTypeParsers();
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    request.rawBody = body;
    if (body.length === 0 || request.routeOptions.config.takesRawBody) return done(null, undefined);
    try {
      if (body.length > largeBodyBytes) checkShape(body);
      const parsed: unknown = JSON.parse(body.toString('utf8'));
      // Such characters can only arrive as escapes, and hardly any body contains an escape.
      if (body.includes('\\u')) checkText(parsed, 'body');
      // Parsing and checking take a turn of the event loop each, so that other requests are answered in between.
      if (body.length > largeBodyBytes) setImmediate(done, null, parsed);
      else done(null, parsed);
    } catch (error) {
      done(error instanceof Refused ? error : new Refused('malformed_json'));
    }
  });
}

/**
 * Limits of a large body. The largest layout, 120,000 seats in rows of 20, has 400,000 values and 60,000 properties.
 */
const mostNesting = 16;
const mostValues = 600_000;
const mostProperties = 100_000;
const mostContainers = 100_000;

const [quote, backslash, comma, colon] = [0x22, 0x5c, 0x2c, 0x3a];
const [openArray, closeArray, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

/** Throws Refused('invalid_request') for JSON that no operation takes and that would be expensive to parse. */
function checkShape(json: Uint8Array): void {
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

/**
 * Returns the position of the quote that ends the string starting at `start`, or the end of the JSON if there is
 * none.
 */
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
