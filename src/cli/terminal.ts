import { styleText } from 'node:util';

type Style = Parameters<typeof styleText>[0];

/** Colours where people look and want them (NO_COLOR, FORCE_COLOR), and nowhere else. */
export function paint(style: Style, text: string, stream: NodeJS.WriteStream = process.stdout): string {
  return stream.isTTY && stream.hasColors() ? styleText(style, text, { validateStream: false }) : text;
}

/** A line that says what is under way, on standard error, rewritten in place; nothing where nobody watches. */
export function progress(stream: NodeJS.WriteStream = process.stderr): { tell(line: string): void; clear(): void } {
  if (!stream.isTTY) return { tell: () => undefined, clear: () => undefined };
  const clear = (): void => void stream.write('\r\u001b[K');
  return {
    tell: (line) => {
      clear();
      stream.write(line.slice(0, Math.max(20, stream.columns - 1)));
    },
    clear,
  };
}
