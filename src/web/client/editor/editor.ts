import { Editor } from '@tiptap/core';
import { TableKit } from '@tiptap/extension-table';
import StarterKit from '@tiptap/starter-kit';
import { cleanPaste } from './clean-paste.js';
import { tidy } from './tidy.js';
import { toolbar } from './toolbar.js';

const PROTOCOLS = /^(?:https?:\/\/|mailto:|tel:)/i;

/** Puts a visual editor in the place of the field with the HTML. The field stays, and is what the form sends. */
export function startEditor(form: HTMLFormElement, changed: () => void): void {
  const place = form.querySelector<HTMLElement>('[data-editor]');
  const field = form.querySelector<HTMLTextAreaElement>('#body');
  if (place === null || field === null) return;
  const caret = form.querySelector<HTMLInputElement>('[data-caret]');
  const frame = document.createElement('div');
  frame.className = 'editor-frame';
  const editor = new Editor({
    element: frame,
    injectCSS: false,
    content: field.value,
    extensions: [
      StarterKit.configure({
        heading: { levels: [2, 3, 4] },
        code: false,
        codeBlock: false,
        horizontalRule: false,
        strike: false,
        underline: false,
        link: {
          openOnClick: false,
          autolink: false,
          HTMLAttributes: { target: null, rel: null },
          isAllowedUri: (url) => PROTOCOLS.test(url),
        },
      }),
      TableKit.configure({ table: { resizable: false } }),
    ],
    editorProps: {
      attributes: { class: 'editor-text', role: 'textbox', 'aria-multiline': 'true', 'aria-labelledby': 'body-label' },
      transformPastedHTML: (html) => cleanPaste(html),
    },
    onSelectionUpdate: () => {
      if (caret !== null) caret.value = String(blockOf(editor));
    },
    // Only a change of the text is written back: opening and saving must not make a version.
    onUpdate: () => {
      field.value = tidy(editor.getHTML());
      changed();
    },
  });
  frame.prepend(toolbar(editor));
  field.hidden = true;
  place.querySelector<HTMLElement>('#body-hint')?.remove();
  place.querySelector('label')?.addEventListener('click', (event) => {
    event.preventDefault();
    editor.commands.focus();
  });
  place.append(frame);
}

/** The number of the block with the cursor, as the text will be saved: without empty paragraphs. -1: before the first. */
function blockOf({ state }: Editor): number {
  const here = state.selection.$from.index(0);
  let number = -1;
  state.doc.forEach((block, _, index) => {
    if (index <= here && (block.textContent.trim() !== '' || block.type.name !== 'paragraph')) number += 1;
  });
  return number;
}
