import { useEffect, useRef } from 'react';

/** A hand scanner types a character every few milliseconds; the fastest person needs 60. */
const betweenKeysMs = 50;
/** A person who leans on keys types less than this so fast. The shortest text that a scanner reads is a short number. */
const shortest = 8;

/**
 * Hands on what a hand scanner types, anywhere on the page: a scanner is a keyboard that types fast and presses Enter. What
 * it types into a text field is taken out again, so that it does not end up in a name. There are two readings of its keys: by the
 * keyboard of the device, and by an American one.
 */
export function useTypingScanner(onReadings: (readings: [string, string]) => void): void {
  const call = useRef(onReadings);
  call.current = onReadings;
  useEffect(() => {
    let burst = newBurst();
    const listen = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
      if (event.timeStamp - burst.atMs > betweenKeysMs) burst = newBurst(event.target);
      if (event.key === 'Enter' && burst.typed.length >= shortest) {
        event.preventDefault();
        event.stopPropagation();
        burst.restore();
        call.current([burst.typed, burst.physical]);
        burst = newBurst();
      } else if (event.key.length === 1) {
        burst.typed += event.key;
        burst.physical += onUsKeyboard(event);
        burst.atMs = event.timeStamp;
      }
    };
    // Before every other listener, so that Enter presses no button and sends no form.
    addEventListener('keydown', listen, { capture: true });
    return () => removeEventListener('keydown', listen, { capture: true });
  }, []);
}

interface Burst {
  typed: string;
  /** The same keys on an American keyboard, which most scanners claim to be whatever the device is set to. */
  physical: string;
  atMs: number;
  restore: () => void;
}

function newBurst(target: EventTarget | null = null): Burst {
  const field = target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement ? target : null;
  const before = field?.value ?? '';
  const restore = () => {
    if (!field) return;
    // React hears of a value only if it is set with the element's own setter.
    const owner = field instanceof HTMLInputElement ? HTMLInputElement : HTMLTextAreaElement;
    Object.getOwnPropertyDescriptor(owner.prototype, 'value')?.set?.call(field, before);
    field.dispatchEvent(new Event('input', { bubbles: true }));
  };
  return { typed: '', physical: '', atMs: Number.NEGATIVE_INFINITY, restore };
}

function onUsKeyboard({ code, key, shiftKey }: KeyboardEvent): string {
  const [, letter] = /^Key([A-Z])$/.exec(code) ?? [];
  if (letter) return shiftKey ? letter : letter.toLowerCase();
  const [, digit] = /^(?:Digit|Numpad)(\d)$/.exec(code) ?? [];
  if (digit) return digit;
  return code === 'Period' ? '.' : key;
}
