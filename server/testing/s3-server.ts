import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { AwsClient } from 'aws4fetch';
import { accepts, freePort } from './free-port.ts';

const region = 'eu-central-1';

/** A server that speaks S3's API (moto), on a free port of the loopback, with one bucket. It keeps everything in memory. */
export interface S3Server {
  /** The variables with which Admit uses the bucket. The server checks the signature of every request. */
  env: Record<string, string>;
  /** The keys in the bucket, sorted. */
  keys(): Promise<string[]>;
  /** It keeps its connections and answers nothing, until it goes on. */
  freeze(): void;
  thaw(): void;
  close(): Promise<void>;
}

/** `folder` has moto and what it needs (tools/system-packages.ts). Resolves when the bucket is there: about three seconds. */
export async function startS3(folder: string): Promise<S3Server> {
  const port = await freePort();
  const endpoint = `http://127.0.0.1:${port}`;
  const server = spawn('python3', ['-m', 'moto.server', '-H', '127.0.0.1', '-p', String(port)], {
    // The requests that make the user, the key, the policy and the bucket are not checked. All later ones are.
    env: { ...process.env, PYTHONPATH: folder, INITIAL_NO_AUTH_ACTION_COUNT: '4' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const note = (chunk: Buffer) => {
    said = `${said}${chunk}`.slice(-10_000);
  };
  server.stdout.on('data', note);
  server.stderr.on('data', note);
  while (!(await accepts(port))) {
    if (server.exitCode !== null) throw new Error(`moto did not start:\n${said}`);
    await wait(50);
  }
  const keys = await makeUser(endpoint);
  const aws = new AwsClient({ ...keys, region, service: 's3' });
  const made = await aws.fetch(`${endpoint}/covers`, {
    method: 'PUT',
    body: `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`,
  });
  if (!made.ok) throw new Error(`no bucket: ${await made.text()}`);
  return {
    env: {
      S3_ENDPOINT: endpoint,
      S3_BUCKET: 'covers',
      S3_REGION: region,
      S3_ACCESS_KEY_ID: keys.accessKeyId,
      S3_SECRET_ACCESS_KEY: keys.secretAccessKey,
      S3_PREFIX: 'admit/',
    },
    async keys() {
      const listed = await (await aws.fetch(`${endpoint}/covers?list-type=2`)).text();
      return [...listed.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key = '']) => key).sort();
    },
    freeze: () => server.kill('SIGSTOP'),
    thaw: () => server.kill('SIGCONT'),
    close: () => end(server),
  };
}

/** A user who may do everything in S3, and a key of theirs. */
async function makeUser(endpoint: string) {
  const aws = new AwsClient({ accessKeyId: 'first', secretAccessKey: 'first', region, service: 'iam' });
  const ask = async (fields: Record<string, string>) => {
    const answer = await aws.fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Version: '2010-05-08', UserName: 'admit', ...fields }).toString(),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`moto refused ${fields.Action}: ${text}`);
    return (name: string) => text.match(new RegExp(`<${name}>([^<]+)</${name}>`))?.[1] ?? '';
  };
  await ask({ Action: 'CreateUser' });
  const statement = { Effect: 'Allow', Action: 's3:*', Resource: '*' };
  await ask({
    Action: 'PutUserPolicy',
    PolicyName: 'all',
    PolicyDocument: JSON.stringify({ Version: '2012-10-17', Statement: [statement] }),
  });
  const key = await ask({ Action: 'CreateAccessKey' });
  return { accessKeyId: key('AccessKeyId'), secretAccessKey: key('SecretAccessKey') };
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const ended = once(server, 'exit');
  server.kill('SIGKILL');
  await ended;
}
