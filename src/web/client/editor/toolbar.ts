import type { Editor } from '@tiptap/core';

interface Tool {
  readonly label: string;
  readonly sign: string;
  readonly run: (editor: Editor) => unknown;
  /** Whether it is on at the cursor; left out for plain commands. */
  readonly on?: (editor: Editor) => boolean;
}

const TOOLS: readonly Tool[] = [
  {
    label: 'Paragraph',
    sign: '¶',
    run: (e) => e.chain().focus().setParagraph().run(),
    on: (e) => e.isActive('paragraph'),
  },
  {
    label: 'Heading',
    sign: 'H',
    run: (e) => e.chain().focus().toggleHeading({ level: 3 }).run(),
    on: (e) => e.isActive('heading', { level: 3 }),
  },
  {
    label: 'Small heading',
    sign: 'h',
    run: (e) => e.chain().focus().toggleHeading({ level: 4 }).run(),
    on: (e) => e.isActive('heading', { level: 4 }),
  },
  { label: 'Bold', sign: 'B', run: (e) => e.chain().focus().toggleBold().run(), on: (e) => e.isActive('bold') },
  { label: 'Italic', sign: 'I', run: (e) => e.chain().focus().toggleItalic().run(), on: (e) => e.isActive('italic') },
  {
    label: 'Bullet list',
    sign: '•',
    run: (e) => e.chain().focus().toggleBulletList().run(),
    on: (e) => e.isActive('bulletList'),
  },
  {
    label: 'Numbered list',
    sign: '1.',
    run: (e) => e.chain().focus().toggleOrderedList().run(),
    on: (e) => e.isActive('orderedList'),
  },
  {
    label: 'Quotation',
    sign: '“ ”',
    run: (e) => e.chain().focus().toggleBlockquote().run(),
    on: (e) => e.isActive('blockquote'),
  },
  { label: 'Link', sign: 'Link', run: editLink, on: (e) => e.isActive('link') },
  {
    label: 'Table',
    sign: 'Table',
    run: (e) => e.chain().focus().insertTable({ rows: 3, cols: 2, withHeaderRow: true }).run(),
    on: (e) => e.isActive('table'),
  },
  { label: 'Undo', sign: '↶', run: (e) => e.chain().focus().undo().run() },
  { label: 'Redo', sign: '↷', run: (e) => e.chain().focus().redo().run() },
];

/** A toolbar by the pattern of ARIA: one stop of the Tab key, arrows inside. */
export function toolbar(editor: Editor): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'toolbar';
  bar.setAttribute('role', 'toolbar');
  bar.setAttribute('aria-label', 'Formatting');
  const buttons = TOOLS.map((tool, index) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = tool.sign;
    button.title = tool.label;
    button.setAttribute('aria-label', tool.label);
    button.tabIndex = index === 0 ? 0 : -1;
    button.addEventListener('click', () => tool.run(editor));
    return button;
  });
  bar.append(...buttons);
  bar.addEventListener('keydown', (event) => moveInside(event, buttons));
  const show = (): void => {
    TOOLS.forEach((tool, index) => {
      if (tool.on !== undefined) buttons[index]?.setAttribute('aria-pressed', String(tool.on(editor)));
    });
  };
  editor.on('transaction', show);
  show();
  return bar;
}

function moveInside(event: KeyboardEvent, buttons: readonly HTMLButtonElement[]): void {
  const here = buttons.findIndex((button) => button === document.activeElement);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: here + 1,
    ArrowLeft: here - 1,
    Home: 0,
    End: buttons.length - 1,
  };
  const wanted = steps[event.key];
  if (wanted === undefined || here === -1) return;
  event.preventDefault();
  const next = buttons[(wanted + buttons.length) % buttons.length];
  for (const button of buttons) button.tabIndex = button === next ? 0 : -1;
  next?.focus();
}

/** Asks for the address in a small dialog of our own: the browser's prompt cannot be labelled. */
function editLink(editor: Editor): void {
  const before = editor.getAttributes('link')['href'] as string | undefined;
  const dialog = document.createElement('dialog');
  dialog.className = 'keys';
  dialog.setAttribute('aria-label', 'Link');
  const form = document.createElement('form');
  form.method = 'dialog';
  form.className = 'stack';
  const label = document.createElement('label');
  label.textContent = 'Address (empty: no link)';
  const field = document.createElement('input');
  field.type = 'url';
  field.value = before ?? 'https://';
  label.append(field);
  const done = document.createElement('button');
  done.textContent = 'Set the link';
  done.className = 'primary';
  form.append(label, done);
  dialog.append(form);
  form.addEventListener('submit', () => {
    const href = field.value.trim();
    const chain = editor.chain().focus().extendMarkRange('link');
    if (href === '' || href === 'https://') chain.unsetLink().run();
    else chain.setLink({ href }).run();
  });
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  field.select();
}
