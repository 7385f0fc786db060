import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { Failure } from '../model/failure.js';

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

/** Which places may be asked. Default: public addresses on the usual ports of the web, and no others. */
export interface GuardPolicy {
  /**
   * Hosts (`localhost`, `10.0.0.7`), hosts with a port (`127.0.0.1:8080`) or all names under one (`*.localhost:4100`) that may be
   * private and on any port.
   */
  readonly allowPrivateHosts: readonly string[];
  /** How names become addresses. Default: the system's resolver. */
  readonly resolve?: (hostname: string) => Promise<readonly Resolved[]>;
}

const PORTS: ReadonlySet<string> = new Set(['', '80', '443', '8080', '8443']);
/** Names that never lead to the public web (RFC 6761, 6762, 8375, 9476 and what routers and clouds use). */
const LOCAL_NAMES =
  /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|home\.arpa|alt|onion|invalid|test)$/;
/** Names that always mean this machine (RFC 6761, 6.3); not every system's resolver knows it of those below `localhost`. */
const LOOPBACK_NAME = /\.localhost$/;
/** Public by number, but inside a cloud: Azure's platform address. */
const CLOUD_PLATFORM: ReadonlySet<string> = new Set(['168.63.129.16']);
const GLOBAL_UNICAST_V6 = ipaddr.parseCIDR('2000::/3');
/** Ranges inside 2000::/3 that are tunnels, documentation or tests: they may hold a private IPv4 address. */
const SPECIAL_V6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '2620:4f:8000::/48'].map((cidr) =>
  ipaddr.parseCIDR(cidr),
);

/** Whether an IP address, in any spelling, belongs to the public internet. Tunnels and mappings of IPv4 do not. */
export function isPublicAddress(address: string): boolean {
  const bare = address.replace(/^\[|\]$/g, '');
  if (!ipaddr.isValid(bare) || bare.includes('%')) return false;
  const parsed = ipaddr.parse(bare);
  if (parsed.kind() === 'ipv4') return parsed.range() === 'unicast' && !CLOUD_PLATFORM.has(parsed.toString());
  return (
    parsed.range() === 'unicast' && parsed.match(GLOBAL_UNICAST_V6) && !SPECIAL_V6.some((range) => parsed.match(range))
  );
}

/**
 * Checks what can be known of an address before any name is looked up: scheme, credentials, port, host.
 * @throws {Failure} source.blocked-address, or source.moved for a scheme that is not of the web
 */
export function checkUrl(address: string | URL, policy: GuardPolicy): URL {
  const url = typeof address === 'string' ? parse(address) : address;
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new Failure('source.moved', `${url.protocol} addresses are not followed`, { url: shown(url) });
  }
  if (url.username !== '' || url.password !== '') refuse(url, 'it carries a user name or password');
  const hostname = bareHost(url.hostname);
  if (isAllowedPrivate(url, policy)) return url;
  if (!PORTS.has(url.port)) refuse(url, `port ${url.port} is not a port of the web`);
  if (isIP(hostname) !== 0 || hostname.includes(':')) {
    if (!isPublicAddress(hostname)) refuse(url, 'it is not a public address');
    return url;
  }
  if (!hostname.includes('.') || LOCAL_NAMES.test(hostname)) refuse(url, 'it is a name of a local network');
  return url;
}

/**
 * The addresses of a host to which we may connect.
 * @throws {Failure} source.blocked-address when it has none but private ones; source.unreachable when the name is not known
 */
export async function resolveGuarded(url: URL, policy: GuardPolicy): Promise<readonly Resolved[]> {
  const checked = checkUrl(url, policy);
  const hostname = bareHost(checked.hostname);
  const found =
    isIP(hostname) !== 0 ? [{ address: hostname, family: isIP(hostname) }] : await resolve(hostname, policy);
  if (isAllowedPrivate(checked, policy)) return found;
  const open = found.filter(({ address }) => isPublicAddress(address));
  if (open.length === 0) refuse(checked, 'its name leads to a private address');
  return open;
}

/**
 * For `net.connect` to the host of `url`: gives only addresses that pass, at the very moment of connecting, so that a name cannot
 * change its address in between.
 */
export function guardedLookup(url: URL, policy: GuardPolicy): LookupFunction {
  return (_hostname, options, callback) => {
    resolveGuarded(url, policy).then(
      (found) => {
        const family = options.family === 4 || options.family === 6 ? options.family : null;
        const list = found.filter((entry) => family === null || entry.family === family);
        const first = list[0];
        if (first === undefined) callback(new Failure('source.unreachable', `${url.host} has no address`), '', 0);
        else if (options.all === true) callback(null, [...list]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(error instanceof Error ? error : new Error(String(error)), '', 0),
    );
  };
}

function parse(address: string): URL {
  try {
    return new URL(address);
  } catch (cause) {
    throw new Failure(
      'source.blocked-address',
      'This is not an address of the web',
      { url: address.slice(0, 200) },
      { cause },
    );
  }
}

async function resolve(hostname: string, policy: GuardPolicy): Promise<readonly Resolved[]> {
  try {
    if (policy.resolve !== undefined) return await policy.resolve(hostname);
    if (LOOPBACK_NAME.test(hostname)) return [{ address: '127.0.0.1', family: 4 }];
    return await systemLookup(hostname, { all: true });
  } catch (cause) {
    throw new Failure('source.unreachable', `The name ${hostname} cannot be resolved`, { host: hostname }, { cause });
  }
}

/** Whether the operator admits this place although it may be private. */
export function isAllowedPrivate(url: URL, policy: GuardPolicy): boolean {
  const hostname = bareHost(url.hostname);
  const port = url.port !== '' ? url.port : url.protocol === 'https:' ? '443' : '80';
  return policy.allowPrivateHosts.some((allowed) => {
    const wanted = allowed.toLowerCase();
    if (wanted.startsWith('*.')) {
      return `${hostname}:${port}`.endsWith(wanted.slice(1)) || hostname.endsWith(wanted.slice(1));
    }
    return wanted === hostname || wanted === `${hostname}:${port}` || wanted === `[${hostname}]:${port}`;
  });
}

/** Without brackets and trailing dots, in lower case. */
function bareHost(hostname: string): string {
  return hostname
    .toLowerCase()
    .replace(/^\[|\]$/g, '')
    .replace(/\.+$/, '');
}

function refuse(url: URL, because: string): never {
  throw new Failure('source.blocked-address', `${shown(url)} is not asked: ${because}`, { url: shown(url) });
}

/** An address for a message: never with its password. */
function shown(url: URL): string {
  const copy = new URL(url.href);
  copy.username = '';
  copy.password = '';
  return copy.href.slice(0, 300);
}
