import type { FoundItem } from '../model/item.js';
import type { SourceEvent } from '../model/reading.js';
import { realAddress } from './local-address.js';

/** An event in the few words of `expected.json`, with real addresses and moments in UTC. */
export function toldEvent({ event, item, detail }: SourceEvent): Readonly<Record<string, unknown>> {
  const { baseline, slid, what, changed } = detail;
  return {
    event,
    ...(item === null ? {} : toldItem(event, item)),
    ...(baseline === true ? { baseline } : {}),
    ...(slid === undefined ? {} : { slid }),
    ...(what === undefined ? {} : { what }),
    ...(typeof changed !== 'object' || changed === null ? {} : { changed: Object.keys(changed) }),
  };
}

function toldItem(event: SourceEvent['event'], { url, title, posted, updated }: FoundItem): Record<string, unknown> {
  const isNew = event === 'item.found' || event === 'document.added';
  return {
    url: realAddress(url),
    title,
    ...(posted === null ? (isNew ? { posted } : {}) : { posted: moment(posted.value) }),
    ...(updated === null ? {} : { updated: moment(updated.value) }),
  };
}

function moment(value: string): string {
  return value.includes('T') ? new Date(value).toISOString() : value;
}
