import type { Finding } from '../../model/finding.js';
import { isEditable } from './editor-route.js';
import { Findings } from './findings.js';
import { Preview, type PreviewProps } from './preview.js';

interface CheckedProps extends PreviewProps {
  readonly findings: readonly Finding[];
  /** Where one click puts a fix in, when it is not the draft's own form. */
  readonly fixAction?: string;
}

/** What changes while one types: the checks and the preview. */
export function CheckedPart(props: CheckedProps) {
  const { draft, findings } = props;
  const own = isEditable(draft.state) ? `/drafts/${draft.id}/fixes` : null;
  return (
    <>
      <Findings findings={findings} fixAction={props.fixAction ?? own} />
      <Preview {...props} />
    </>
  );
}
