import fastify from 'fastify';
import { healthRoutes, type HealthPorts } from './routes.js';

export interface HealthServer {
  close(): Promise<void>;
}

/** A server with nothing but the health of a process without a desk: `/healthz`, `/readyz`, `/metrics`. Rejects when it cannot listen. */
export async function openHealth(
  health: HealthPorts,
  { host, port }: { readonly host: string; readonly port: number },
): Promise<HealthServer> {
  const app = fastify({ logger: false });
  healthRoutes(app, health);
  await app.listen({ host, port });
  return { close: async () => await app.close() };
}
