/** The real sites stand on loopback as virtual hosts: `https://www.gov.uk/x` is `http://www.gov.uk.localhost:8081/x` there. */
const SUFFIX = '.localhost';

/** The address of the same page in the small web. */
export function localAddress(url: string, port: number): string {
  const { hostname, pathname, search, hash } = new URL(url);
  return `http://${hostname}${SUFFIX}:${port}${pathname}${search}${hash}`;
}

/** The real address behind one of the small web; any other text is given back with such addresses in it put right. */
export function realAddress(text: string): string {
  return text.replace(/http:\/\/([a-z0-9.-]+)\.localhost:\d+/g, 'https://$1');
}

/** The real host of a Host header (`www.gov.uk.localhost:8081`), or `null` when it names none. */
export function realHost(header: string | undefined): string | null {
  const host = /^([a-z0-9.-]+)\.localhost(?::\d+)?$/i.exec(header ?? '')?.[1];
  return host === undefined ? null : host.toLowerCase();
}

/** `www.example.org` for `example.org`, and the other way round: sites answer alike on both. */
export function twinOf(host: string): string {
  return host.startsWith('www.') ? host.slice(4) : `www.${host}`;
}

/**
 * A document with the addresses of the given hosts led into the small web. Works on the bytes of every encoding that agrees with
 * ASCII; in UTF-16 it finds nothing. Addresses in JSON (`https:\/\/`) are found, too.
 */
export function localised(bytes: Buffer, hosts: readonly string[], port: number): Buffer {
  const names = [...new Set(hosts.flatMap((host) => [host, twinOf(host)]))]
    .sort((a, b) => b.length - a.length)
    .map((host) => host.replace(/[.]/g, '\\.'));
  if (names.length === 0) return bytes;
  const address = new RegExp(`(https?:)?(\\\\?/\\\\?/)(${names.join('|')})(?![a-z0-9.:@-])`, 'gi');
  const text = bytes.toString('latin1');
  const led = text.replace(
    address,
    (_all, _scheme: string | undefined, slashes: string, host: string) =>
      `http:${slashes}${host.toLowerCase()}${SUFFIX}:${port}`,
  );
  return Buffer.from(led, 'latin1');
}
