import type { Finding } from '../../model/finding.js';
import { isEditable } from './editor-route.js';
import { Findings } from './findings.js';
import { Preview, type PreviewProps } from './preview.js';

/** What changes while one types: the checks and the preview. */
export function CheckedPart(props: PreviewProps & { readonly findings: readonly Finding[] }) {
  const { draft, findings } = props;
  return (
    <>
      <Findings findings={findings} fixAction={isEditable(draft.state) ? `/drafts/${draft.id}/fixes` : null} />
      <Preview {...props} />
    </>
  );
}
