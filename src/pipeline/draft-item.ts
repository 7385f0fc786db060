import { composeDraft } from '../compose/compose-draft.js';
import type { Source } from '../model/source.js';
import type { Verdict } from '../model/verdict.js';
import { addressKeys, foundKey } from './address-keys.js';
import type { DraftBook, ItemBook, KnownItem } from './ports.js';

export interface DraftPorts {
  readonly items: ItemBook;
  readonly drafts: DraftBook;
}

export interface DraftOutcome {
  readonly outcome: 'created' | 'exists' | 'updated' | 'joined' | 'held' | 'nothing-to-do';
}

/**
 * Makes the draft of an item that was read; or joins it to the story of the same thing, known already under the same address.
 * What was held under that address stays held. A second run changes nothing.
 */
export async function draftItem(ports: DraftPorts, source: Source, itemId: string): Promise<DraftOutcome> {
  const item = await ports.items.findItem(itemId);
  if (item?.disposition !== 'read') return { outcome: 'nothing-to-do' };
  const article = await ports.drafts.latestArticle(itemId);
  if (article === undefined) return { outcome: 'nothing-to-do' };

  const keys = [foundKey(item.found), ...addressKeys(item.found, article).map(({ key }) => key)];
  const known = await ports.drafts.itemByAddress(
    keys.filter((key) => key !== null),
    itemId,
  );
  if (known?.disposition === 'held') {
    await ports.items.holdItem(
      itemId,
      'seen-before',
      `Same address as “${known.title}” of ${known.sourceName}, which is held.`,
    );
    return { outcome: 'held' };
  }
  if (known !== undefined && known.disposition !== 'failed') {
    await ports.drafts.joinStory(item, sameAddress(known));
    return { outcome: 'joined' };
  }
  return { outcome: await ports.drafts.recordDraft(item, source, composeDraft(item.found, article, source)) };
}

function sameAddress(known: KnownItem): Verdict {
  return { tie: 'same-item', of: known.itemId, because: [`Same address as “${known.title}” of ${known.sourceName}.`] };
}
