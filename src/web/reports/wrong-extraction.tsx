/** A small form under the source text: what was taken out of the page is wrong. Works without JavaScript. */
export function WrongExtraction(props: {
  readonly draftId: string;
  readonly captureId: string;
  readonly csrf: string;
}) {
  return (
    <details class="wrong-extraction">
      <summary>This extraction is wrong</summary>
      <form method="post" action={`/drafts/${props.draftId}/captures/${props.captureId}/wrong`}>
        <input type="hidden" name="_csrf" value={props.csrf} />
        <label for="wrong-note">What is missing, or too much?</label>
        <textarea id="wrong-note" name="note" rows={2} maxLength={1000} />
        <button type="submit">Tell the operators</button>
      </form>
    </details>
  );
}
