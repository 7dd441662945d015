import { expect, test } from 'vitest';
import { buy } from '../../features/tickets/testing/buy.ts';
import { startKafka } from '../../testing/kafka-broker.ts';
import { startOtlpReceiver } from '../../testing/otlp-receiver.ts';
import { createWorld } from '../../testing/world.ts';

const lib = process.env.ADMIT_KAFKA;
if (!lib) process.stderr.write('traces.services.ts is left out: there is no Kafka on this machine\n');

test.skipIf(!lib)('a consumer goes on with the trace of the message', { timeout: 180_000 }, async () => {
  const collector = await startOtlpReceiver();
  const broker = await startKafka({ lib: lib as string });
  const otel = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_BSP_SCHEDULE_DELAY: '100' };
  Object.assign(process.env, otel);
  const world = await createWorld({ ...otel, KAFKA_BROKERS: broker.address, KAFKA_PARTITIONS: '1' });
  try {
    await buy(world, await world.user(), await world.event());
    const consumed = () => collector.spans.filter(({ name }) => name.startsWith('consume '));
    await expect.poll(() => consumed().length, { timeout: 90_000, interval: 200 }).toBeGreaterThan(0);
    for (const { traceId, parentSpanId, links } of consumed()) {
      const above = links.length > 0 ? links : [{ traceId, spanId: parentSpanId }];
      for (const { traceId, spanId } of above)
        expect(collector.spans).toContainEqual(expect.objectContaining({ name: 'publish', traceId, spanId }));
    }
  } finally {
    await world.close();
    await broker.close();
    await collector.close();
    for (const name of Object.keys(otel)) delete process.env[name];
  }
});
