import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { gunzipSync } from 'node:zlib';

/** A span as a collector gets it. */
interface ReceivedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  attributes: Record<string, string | number>;
  links: { traceId: string; spanId: string }[];
  /** 2 is an error. */
  status: number;
  service: string;
}

/** A collector of its own: it takes OTLP over HTTP as protobuf, and reads it without the SDK that wrote it. */
export async function startOtlpReceiver() {
  const spans: ReceivedSpan[] = [];
  const headers: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    headers.push({ url: request.url, ...request.headers });
    spans.push(...readSpans(request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body));
    response.setHeader('content-type', 'application/x-protobuf').end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    headers,
    async close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

// The numbers of fields are those of opentelemetry/proto/trace/v1/trace.proto.
function readSpans(request: Buffer): ReceivedSpan[] {
  return messages(fields(request), 1).flatMap((resourceSpans) => {
    const service = attributesOf(messages(resourceSpans, 1)[0] ?? [], 1)['service.name'];
    return messages(resourceSpans, 2)
      .flatMap((scope) => messages(scope, 2))
      .map((span) => ({
        traceId: hex(span, 1),
        spanId: hex(span, 2),
        parentSpanId: hex(span, 4),
        name: text(span, 5),
        kind: number(span, 6),
        attributes: attributesOf(span, 9),
        links: messages(span, 13).map((link) => ({ traceId: hex(link, 1), spanId: hex(link, 2) })),
        status: number(messages(span, 15)[0] ?? [], 3),
        service: String(service),
      }));
  });
}

type Field = [number: number, value: Buffer | bigint];

/** The fields of a protobuf message: whole numbers, eight bytes, or a length and bytes. */
function fields(bytes: Buffer): Field[] {
  const found: Field[] = [];
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const byte = bytes[at++] as number;
      value |= BigInt(byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const tag = Number(varint());
    const wire = tag & 7;
    if (wire === 0) found.push([tag >> 3, varint()]);
    else {
      const length = wire === 2 ? Number(varint()) : wire === 1 ? 8 : 4;
      found.push([tag >> 3, bytes.subarray(at, at + length)]);
      at += length;
    }
  }
  return found;
}

const all = (message: Field[], id: number) => message.filter(([own]) => own === id).map(([, value]) => value);
const messages = (message: Field[], id: number): Field[][] =>
  all(message, id).map((value) => fields(value as Buffer));
const hex = (message: Field[], id: number) =>
  (all(message, id)[0] as Buffer | undefined)?.toString('hex') ?? '';
const text = (message: Field[], id: number) => (all(message, id)[0] as Buffer | undefined)?.toString() ?? '';
const number = (message: Field[], id: number) => Number(all(message, id)[0] ?? 0);

const attributesOf = (message: Field[], id: number): Record<string, string | number> =>
  Object.fromEntries(
    messages(message, id).map((pair) => {
      const value = messages(pair, 2)[0] ?? [];
      return [text(pair, 1), all(value, 3).length > 0 ? number(value, 3) : text(value, 1)];
    }),
  );
