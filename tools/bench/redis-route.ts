/**
 * The usual quick reservation: Fastify, and a Lua script in Redis that counts places and keeps the hold for ten minutes. It
 * answers before the data is on disk (AOF every second), so a crash loses acknowledged holds. The Redis client is written
 * here so that it is not the bottleneck: it sends all requests of one turn of the event loop together.
 */
import { connect } from 'node:net';
import { fastify } from 'fastify';

const script = `
  local left = tonumber(redis.call('GET', KEYS[1]))
  local wanted = tonumber(ARGV[1])
  if left < wanted then return 0 end
  redis.call('DECRBY', KEYS[1], wanted)
  redis.call('SET', KEYS[2], ARGV[1], 'EX', 600)
  return 1`;

const socket = connect(process.argv[2] as string);
socket.setNoDelay(true);
const waiting: ((reply: string) => void)[] = [];
let unread = '';
let unsent = '';

socket.on('data', (data) => {
  unread += data.toString('latin1');
  for (let end = unread.indexOf('\r\n'); end >= 0; end = unread.indexOf('\r\n')) {
    const line = unread.slice(0, end);
    unread = unread.slice(end + 2);
    // The length of a bulk reply is on a line of its own. Only SCRIPT LOAD has one.
    if (!line.startsWith('$')) waiting.shift()?.(line);
  }
});

function ask(...words: string[]): Promise<string> {
  if (unsent === '') {
    setImmediate(() => {
      socket.write(unsent, 'latin1');
      unsent = '';
    });
  }
  unsent += `*${words.length}\r\n${words.map((word) => `$${Buffer.byteLength(word)}\r\n${word}\r\n`).join('')}`;
  return new Promise((resolve) => waiting.push(resolve));
}

await ask('SET', 'places', '2000000000');
const sha = await ask('SCRIPT', 'LOAD', script);
const reply = JSON.stringify('x'.repeat(Number(process.argv[3]) - 2));
let count = 0;
const http = fastify();
http.post('/empty', async (_request, answer) => {
  const taken = await ask('EVALSHA', sha, '2', 'places', `hold:${++count}`, '2');
  answer.code(taken === ':1' ? 201 : 409).header('content-type', 'application/json; charset=utf-8');
  return reply;
});
process.on('disconnect', () => process.exit(0));
await http.listen({ host: '127.0.0.1', port: 0 });
const address = http.server.address();
process.send?.(typeof address === 'object' && address ? address.port : 0);
