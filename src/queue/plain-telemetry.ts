import { SpanKind, type Attributes, type Span, type SpanOptions, type Telemetry } from 'bullmq';

/** What may be told of a job: names, ids and counts. Never options, results, messages or traces: they may hold words that we read. */
const TOLD: ReadonlySet<string> = new Set([
  'bullmq.queue.name',
  'bullmq.queue.operation',
  'bullmq.job.name',
  'bullmq.job.id',
  'bullmq.job.bulk.count',
  'bullmq.job.attempts.made',
]);
/** What an idle worker does many times a minute is no span. */
const KINDS: ReadonlySet<SpanKind> = new Set([SpanKind.PRODUCER, SpanKind.CONSUMER]);
/** Adding the next tick of a schedule. It belongs to no run: else all polls of a source were one trace without end. */
const NEXT_TICK = /^add /;

/**
 * The same telemetry, with spans for adding and doing jobs only, and with nothing in them but what may be told. `root`: the context
 * of no span.
 */
export function plainTelemetry(telemetry: Telemetry<unknown>, root: unknown): Telemetry<unknown> {
  const { tracer, contextManager } = telemetry;
  return {
    tracer: {
      startSpan: (name: string, options?: SpanOptions, context?: unknown): Span<unknown> => {
        if (NEXT_TICK.test(name)) return silent(() => root);
        if (options === undefined || !KINDS.has(options.kind)) return silent((given) => given);
        return plain(tracer.startSpan(name, options, context) as Span<unknown>);
      },
    },
    contextManager: {
      with: (context, work) => contextManager.with(context, work),
      active: () => contextManager.active() as unknown,
      root: () => root,
      getMetadata: (context) => contextManager.getMetadata(context),
      // What runs by chance around the taking of a job is not its parent.
      fromMetadata: (_, metadata) => contextManager.fromMetadata(root, metadata) as unknown,
    },
  };
}

function plain(span: Span<unknown>): Span<unknown> {
  const setAttributes = (attributes: Attributes): void =>
    span.setAttributes(Object.fromEntries(Object.entries(attributes).filter(([name]) => TOLD.has(name))));
  return {
    setSpanOnContext: (context) => span.setSpanOnContext(context),
    setAttribute: (name, value) => setAttributes({ [name]: value }),
    setAttributes,
    addEvent: (name) => span.addEvent(name),
    recordException: (exception) =>
      span.setAttribute('error.type', typeof exception === 'string' ? 'Error' : (exception.name ?? 'Error')),
    end: () => span.end(),
  };
}

function silent(setSpanOnContext: (context: unknown) => unknown): Span<unknown> {
  const nothing = (): void => undefined;
  return {
    setSpanOnContext,
    setAttribute: nothing,
    setAttributes: nothing,
    addEvent: nothing,
    recordException: nothing,
    end: nothing,
  };
}
