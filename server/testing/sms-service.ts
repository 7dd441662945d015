import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const smsAccount = { sid: 'AC0123456789abcdef', token: 'sms-token-0123456789', from: '+4930901820' };

/** An SMS that the service has taken. */
interface TakenSms {
  sid: string;
  to: string;
  from: string;
  text: string;
  statusUrl: string;
  at: Date;
}

/** How the service answers instead of taking an SMS. `hangsUp`: it takes the SMS, and the connection breaks before its answer. */
type Answer = { status: number; code?: number; headers?: Record<string, string> } | { hangsUp: true };

/** A provider of SMS that speaks Twilio's API: it checks the login, lists what it took, and signs its calls. */
export interface TestSmsService {
  /** What it took, the oldest first. */
  taken: TakenSms[];
  /** How many requests for sending came. */
  requests: number;
  /** The clock of the service. */
  now: () => Date;
  /** Null takes the SMS. */
  answer: (to: string) => Answer | null;
  env: Record<string, string>;
  /** The texts that a number got. */
  textsTo(number: string): string[];
  /** Tells Admit what has become of an SMS, and returns the status of the answer. */
  report(sms: TakenSms, status: string, errorCode?: number): Promise<number>;
  /** Somebody answers by SMS. */
  reply(publicUrl: string, form: Record<string, string>, token?: string): Promise<number>;
  close(): Promise<void>;
}

export async function startSmsService(): Promise<TestSmsService> {
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await read(request));
    const login = Buffer.from(`${smsAccount.sid}:${smsAccount.token}`).toString('base64');
    if (request.headers.authorization !== `Basic ${login}`) return refuse(response, 401, 20_003);
    const url = new URL(request.url ?? '', 'http://sms.example');
    if (url.pathname !== `/2010-04-01/Accounts/${smsAccount.sid}/Messages.json`)
      return refuse(response, 404, 20_404);
    if (request.method === 'GET') return list(response, url.searchParams.get('To') ?? '');
    service.requests++;
    const to = form.get('To') ?? '';
    const answer = service.answer(to);
    if (answer && 'status' in answer) return refuse(response, answer.status, answer.code, answer.headers);
    const sms = {
      sid: `SM${String(service.taken.length).padStart(32, '0')}`,
      to,
      from: form.get('From') ?? '',
      text: form.get('Body') ?? '',
      statusUrl: form.get('StatusCallback') ?? '',
      at: service.now(),
    };
    service.taken.push(sms);
    if (answer) return request.socket.destroy();
    send(response, 201, { sid: sms.sid, status: 'queued', to, body: sms.text, num_segments: '1' });
  });
  const list = (response: ServerResponse, to: string) =>
    send(response, 200, {
      messages: service.taken
        .filter((sms) => sms.to === to)
        .map(({ sid, text, at }) => ({ sid, body: text, status: 'sent', date_created: at.toUTCString() })),
    });
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
  const post = async (url: string, form: URLSearchParams, token: string): Promise<number> => {
    const fields = [...form].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, value]) => name + value);
    const signature = createHmac('sha1', token)
      .update(url + fields.join(''))
      .digest('base64');
    const answer = await fetch(url, {
      method: 'POST',
      body: form,
      headers: { 'x-twilio-signature': signature },
    });
    await answer.text();
    return answer.status;
  };
  const service: TestSmsService = {
    taken: [],
    requests: 0,
    now: () => new Date(),
    answer: () => null,
    env: {
      SMS_ACCOUNT_SID: smsAccount.sid,
      SMS_AUTH_TOKEN: smsAccount.token,
      SMS_FROM: smsAccount.from,
      SMS_API_URL: `http://127.0.0.1:${port}`,
    },
    textsTo: (number) => service.taken.filter(({ to }) => to === number).map(({ text }) => text),
    report: ({ sid, to, statusUrl }, status, errorCode) =>
      post(
        statusUrl,
        new URLSearchParams({
          MessageSid: sid,
          To: to,
          MessageStatus: status,
          ...(errorCode !== undefined && { ErrorCode: String(errorCode) }),
        }),
        smsAccount.token,
      ),
    reply: (publicUrl, form, token = smsAccount.token) =>
      post(`${publicUrl}/api/webhooks/sms`, new URLSearchParams({ To: smsAccount.from, ...form }), token),
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
  return service;
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function send(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

function refuse(
  response: ServerResponse,
  status: number,
  code = 0,
  headers: Record<string, string> = {},
): void {
  send(response, status, { code, message: `refused with ${code}`, status }, headers);
}
