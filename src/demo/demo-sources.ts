import type { Source } from '../model/source.js';
import { localAddress, twinOf } from './local-address.js';

/** As the guard of the fetcher wants it: who may be private, and how names become addresses. */
export interface DemoGuard {
  readonly allowPrivateHosts: readonly string[];
  readonly resolve: (hostname: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
}

/** A closed world: the hosts of the small web are on loopback, and no other name is known. */
export function demoGuard(hosts: () => readonly string[], port: number): DemoGuard {
  return {
    get allowPrivateHosts() {
      return hosts().flatMap((host) => [host, twinOf(host)].map((name) => `${name}.localhost:${port}`));
    },
    resolve: (hostname) =>
      hostname.endsWith('.localhost')
        ? Promise.resolve([{ address: '127.0.0.1', family: 4 }])
        : Promise.reject(new Error(`${hostname} is not in the small web`)),
  };
}

/** The same sources, read from the small web, every few seconds. Names, selectors and rules are those of the real rows. */
export function demoSources(rows: readonly Source[], port: number, everyMinutes = 0.1): readonly Source[] {
  return rows.map((row) => {
    const { hosts = [], home, url } = row;
    const led = {
      ...row,
      url: localAddress(url, port),
      hosts: hosts.map((host) => `${host}.localhost`),
      everyMinutes,
      ...(home === undefined ? {} : { home: localAddress(home, port) }),
    };
    return led.kind === 'json' && /^https?:/.test(led.map.url)
      ? {
          ...led,
          map: {
            ...led.map,
            url: led.map.url.replace(/^https?:\/\/([^/]+)/, (_all, host: string) => `http://${host}.localhost:${port}`),
          },
        }
      : led;
  });
}
