import { address, headerList, type Row } from './setting-values.js';

/** Where traces of the queue go: a part of `SETTINGS`. The names are those of OpenTelemetry. */
export const TRACE_SETTINGS = {
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    fallback: null,
    parse: address('http:', 'https:'),
    about:
      'Collector that takes traces of the queue as OTLP over HTTP, such as http://localhost:4318. Default: no traces.',
    secret: true,
  },
  OTEL_EXPORTER_OTLP_HEADERS: {
    fallback: null,
    parse: headerList,
    about: 'Headers that the collector wants, name=value with commas. Needs OTEL_EXPORTER_OTLP_ENDPOINT.',
    secret: true,
  },
} as const satisfies Record<string, Row>;
