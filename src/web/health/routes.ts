import type { FastifyInstance } from 'fastify';

export interface Part {
  readonly name: string;
  readonly ok: boolean;
  /** In words, for whoever must act; no addresses and no secrets. */
  readonly words: string;
}

export interface HealthPorts {
  /** Every part that this process needs to do its work, asked anew. */
  parts(): Promise<readonly Part[]>;
  /** In the text format of Prometheus. */
  metrics(): Promise<{ readonly type: string; readonly text: string }>;
  /** Whoever shows this token may read the metrics from elsewhere; `null`: only this machine may. */
  readonly metricsToken: string | null;
}

const PUBLIC = { config: { role: 'public' } } as const;
const THIS_MACHINE = /^(?:127\.|::1$|::ffff:127\.)/;

/** `/healthz`: the process answers. `/readyz`: its parts do too. `/metrics`: for this machine, or with the token. */
export function healthRoutes(app: FastifyInstance, health: HealthPorts): void {
  app.get('/healthz', PUBLIC, (_, reply) => reply.header('cache-control', 'no-store').send({ ok: true }));
  app.get('/readyz', PUBLIC, async (_, reply) => {
    const parts = await health.parts();
    const ok = parts.every((part) => part.ok);
    return await reply
      .code(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ ok, parts });
  });
  app.get('/metrics', PUBLIC, async (request, reply) => {
    const { metricsToken } = health;
    const token = metricsToken !== null && request.headers.authorization === `Bearer ${metricsToken}`;
    if (!token && !THIS_MACHINE.test(request.ip)) return reply.callNotFound();
    const { type, text } = await health.metrics();
    return await reply.header('content-type', type).header('cache-control', 'no-store').send(text);
  });
}
