import { setTimeout as wait } from 'node:timers/promises';
import { type Context, type Link, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import type { About, Span, Traces } from '../../traces.ts';

const closeWithinMs = 2000;
const kinds = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
};

/**
 * Sends spans to a collector by OTLP over HTTP. The SDK reads the standard variables itself (`OTEL_…`): address, headers, name of the
 * service, share of traces, sizes of batches. Nothing global is registered, so that two Apps in a process share nothing.
 */
export function openTraces(): Traces {
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'admit' }).merge(
      detectResources({ detectors: [envDetector] }),
    ),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  const contexts = new AsyncLocalStorageContextManager().enable();
  const tracer = provider.getTracer('admit');

  function begin(name: string, { kind, attributes, parent, links = [] }: About): Span {
    const above = parent === undefined ? contexts.active() : parent === 'none' ? ROOT_CONTEXT : under(parent);
    const span = tracer.startSpan(
      name,
      {
        kind: kind ? kinds[kind] : SpanKind.INTERNAL,
        ...(attributes && { attributes }),
        links: links.flatMap(linkTo),
      },
      above,
    );
    const inside = trace.setSpan(above, span);
    return {
      run: (work) => contexts.with(inside, work),
      set: (attribute, value) => void span.setAttribute(attribute, value),
      end: () => span.end(),
      fail(error) {
        // Messages of errors may name people; the log has them.
        span.setStatus({ code: SpanStatusCode.ERROR, message: nameOf(error) });
        span.end();
      },
    };
  }

  return {
    begin,
    async span(name, about, work) {
      const span = begin(name, about);
      try {
        const result = await span.run(work);
        span.end();
        return result;
      } catch (error) {
        span.fail(error);
        throw error;
      }
    },
    here() {
      const context = trace.getSpanContext(contexts.active());
      if (!context) return null;
      return `00-${context.traceId}-${context.spanId}-${context.traceFlags.toString(16).padStart(2, '0')}`;
    },
    async close() {
      // A collector that is away must not delay a shutdown.
      await Promise.race([
        provider.shutdown().catch(() => {}),
        wait(closeWithinMs, undefined, { ref: false }),
      ]);
      contexts.disable();
    },
  };
}

const form = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

function linkTo(traceparent: string): Link[] {
  const [, traceId, spanId, flags] = form.exec(traceparent) ?? [];
  if (!traceId || !spanId || !flags) return [];
  return [{ context: { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true } }];
}

function under(traceparent: string): Context {
  const [link] = linkTo(traceparent);
  return link ? trace.setSpanContext(ROOT_CONTEXT, link.context) : ROOT_CONTEXT;
}

const nameOf = (error: unknown): string => {
  const { code, name } = error as { code?: unknown; name?: string };
  return typeof code === 'string' ? code : (name ?? 'Error');
};
