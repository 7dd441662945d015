/**
 * The baseline of all benches: Fastify with a POST route and a GET route that do nothing. The POST accepts the same body
 * as the measured operation, and both answer with as many bytes.
 */
import { fastify } from 'fastify';

const replies: Record<string, { status: number; body: string }> = {
  post: { status: 201, body: '{}' },
  get: { status: 200, body: '{}' },
};
const http = fastify();
http.post('/empty', (_request, reply) => {
  reply
    .code(replies.post!.status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(replies.post!.body);
});
http.get('/empty', (_request, reply) => {
  reply
    .code(replies.get!.status)
    .header('content-type', 'application/json; charset=utf-8')
    .send(replies.get!.body);
});
process.on('message', (set: { method: 'post' | 'get'; status: number; bytes: number }) => {
  replies[set.method] = { status: set.status, body: JSON.stringify('x'.repeat(Math.max(0, set.bytes - 2))) };
  process.send?.('set');
});
process.on('disconnect', () => process.exit(0));
await http.listen({ host: '127.0.0.1', port: 0 });
const address = http.server.address();
process.send?.(typeof address === 'object' && address ? address.port : 0);
