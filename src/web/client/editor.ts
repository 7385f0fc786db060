import { startChecking } from './editor/checking.js';
import { startEditor } from './editor/editor.js';

/** On the page of a draft that may be edited. Without it the text is edited as HTML, and checked when it is saved. */
const form = document.querySelector<HTMLFormElement>('#edit');
if (form !== null) {
  const check = startChecking(form);
  startEditor(form, check);
}
