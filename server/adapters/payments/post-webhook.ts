import { Agent, request } from 'node:http';

// `fetch` takes more than twice as long (230 µs of a core, compared with 100), and the sandbox shares our process.
// This many connections keep the receiver busy without delaying buyers.
const agent = new Agent({ keepAlive: true, maxSockets: 64 });
const timeoutMs = 10_000;

/** Posts a webhook over HTTP as a provider would. Throws unless the answer is 200. */
export function postWebhook(url: string, body: string, signature: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const posted = request(url, {
      method: 'POST',
      agent,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': Buffer.byteLength(body),
        'stripe-signature': signature,
      },
    });
    posted.once('error', reject);
    posted.setTimeout(timeoutMs, () => posted.destroy(new Error('a webhook was not answered in time')));
    posted.once('response', (response) => {
      // Reads the body to its end, so that the connection can be reused.
      response.resume();
      response.once('error', reject);
      response.once('end', () => {
        if (response.statusCode === 200) resolve();
        else reject(new Error(`a webhook was answered with ${response.statusCode}`));
      });
    });
    posted.end(body);
  });
}
