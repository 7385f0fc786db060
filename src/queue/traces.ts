import { setTimeout as wait } from 'node:timers/promises';
import type { SpanExporter } from '@opentelemetry/sdk-trace-node';
import type { Telemetry } from 'bullmq';
import type { QueueLog } from './queue-log.js';
import { plainTelemetry } from './plain-telemetry.js';

export interface TraceOptions {
  /** Of a collector that takes OTLP over HTTP; `/v1/traces` is added. */
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly version: string;
  /** Tells this process from others. */
  readonly instance: string;
  readonly log: QueueLog;
}

/** A span for each adding of jobs and for each run of one: the second a child of the first. */
export interface Traces {
  /** As BullMQ takes it. */
  readonly telemetry: Telemetry;
  /** How the job that runs here now ended; `code` when it failed. */
  ended(outcome: string, code?: string): void;
  /** Sends what is left, for at most 3 s, and lets go. */
  close(): Promise<void>;
}

const NAME = 'newsdesk';
/** A collector that does not answer costs memory for so long, and nobody waits for it. */
const SEND_MS = 3_000;
const CLOSE_MS = 3_000;

/**
 * Begins to send traces. Nothing of OpenTelemetry is loaded before. A collector that is away or slow never holds up work: what it does
 * not take is dropped, and told in the log once until it takes some again.
 */
export async function openTraces({ endpoint, headers, version, instance, log }: TraceOptions): Promise<Traces> {
  const [{ BullMQOtel }, api, sdk, { OTLPTraceExporter }, { resourceFromAttributes }] = await Promise.all([
    import('bullmq-otel'),
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const url = `${endpoint.replace(/\/+$/, '')}/v1/traces`;
  const exporter = new OTLPTraceExporter({ url, headers: { ...headers }, timeoutMillis: SEND_MS });
  const provider = new sdk.NodeTracerProvider({
    resource: resourceFromAttributes({
      'service.name': NAME,
      'service.version': version,
      'service.instance.id': instance,
    }),
    spanProcessors: [new sdk.BatchSpanProcessor(toldExporter(exporter, new URL(endpoint).host, log))],
  });
  provider.register();
  const telemetry = new BullMQOtel({ tracerName: NAME, version });
  return {
    telemetry: plainTelemetry(telemetry, api.ROOT_CONTEXT),
    ended: (outcome, code) => {
      const span = api.trace.getActiveSpan();
      span?.setAttribute('newsdesk.outcome', outcome);
      if (code === undefined) return;
      span?.setAttribute('newsdesk.failure', code);
      span?.setStatus({ code: api.SpanStatusCode.ERROR });
    },
    close: async () => {
      // What does not arrive, its exporter has told.
      await within(
        provider.shutdown().catch(() => undefined),
        CLOSE_MS,
      );
      // What is global goes, too: another may be opened in this process.
      for (const part of [api.trace, api.context, api.propagation]) part.disable();
    },
  };
}

/** The same, and one line in the log when traces stop to arrive, one when they do again. Never what the collector answered. */
function toldExporter(exporter: SpanExporter, collector: string, log: QueueLog): SpanExporter {
  let lost = false;
  return {
    export: (spans, done) => {
      exporter.export(spans, (result) => {
        const fails = result.error !== undefined || Number(result.code) !== 0;
        if (fails && !lost) {
          const { code = '' } = (result.error ?? {}) as { code?: string | number };
          log.warn({ collector, code }, 'Traces do not arrive. Work goes on without; this is said once.');
        }
        if (!fails && lost) log.info({ collector }, 'Traces arrive again.');
        lost = fails;
        done(result);
      });
    },
    shutdown: async () => await exporter.shutdown(),
  };
}

async function within(work: Promise<void>, ms: number): Promise<void> {
  const halt = new AbortController();
  const late = wait(ms, undefined, { signal: halt.signal }).catch(() => undefined);
  await Promise.race([work, late]);
  halt.abort();
}
