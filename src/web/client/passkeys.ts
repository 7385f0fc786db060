import { browserSupportsWebAuthn, startAuthentication, startRegistration } from '@simplewebauthn/browser';

/** Passkeys on the page of the account and at the door. Both forms are hidden where the browser has none. */

interface Next {
  readonly next: string;
}

type CreationOptions = Parameters<typeof startRegistration>[0]['optionsJSON'];
type RequestOptions = Parameters<typeof startAuthentication>[0]['optionsJSON'];

async function send(path: string, body: object, csrf: string): Promise<unknown> {
  const answer = await fetch(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(body),
  });
  const told: unknown = await answer.json();
  if (!answer.ok) throw new Error((told as { what?: string }).what ?? 'That did not work. Load the page again.');
  return told;
}

function value(form: HTMLFormElement, name: string): string {
  const field = form.elements.namedItem(name);
  return field instanceof HTMLInputElement ? field.value : '';
}

async function add(form: HTMLFormElement, csrf: string): Promise<Next> {
  const options = await send('/account/passkeys/options', { present: value(form, 'present') }, csrf);
  const response = await startRegistration({ optionsJSON: options as CreationOptions });
  return (await send('/account/passkeys', { name: value(form, 'name'), response }, csrf)) as Next;
}

async function signIn(form: HTMLFormElement, csrf: string): Promise<Next> {
  const options = await send('/sign-in/passkey/options', {}, csrf);
  const response = await startAuthentication({ optionsJSON: options as RequestOptions });
  return (await send('/sign-in/passkey', { next: value(form, 'next'), response }, csrf)) as Next;
}

/** What a person cancelled is no fault; the rest is said in the form. */
function wordsOf(error: unknown): string {
  const { name, message } = error as { name?: string; message?: string };
  if (name === 'NotAllowedError') return 'Nothing was done: the browser was told to stop, or waited too long.';
  if (name === 'InvalidStateError') return 'This device has a passkey for this desk already.';
  return message ?? 'That did not work.';
}

for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
  if (!browserSupportsWebAuthn()) continue;
  form.hidden = false;
  const fault = form.querySelector<HTMLElement>('.fault');
  const button = form.querySelector('button');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (button !== null) button.disabled = true;
    const work = form.dataset['passkey'] === 'add' ? add : signIn;
    work(form, value(form, '_csrf'))
      .then(({ next }) => location.assign(next))
      .catch((error: unknown) => {
        if (button !== null) button.disabled = false;
        if (fault === null) return;
        fault.hidden = false;
        fault.textContent = wordsOf(error);
      });
  });
}
