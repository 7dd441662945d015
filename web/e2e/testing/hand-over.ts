import type { Person } from './browsers.ts';

/** Hands a picture over to a group of fields as the system does when somebody drops or pastes it. */
export async function handOver(
  person: Person,
  group: string,
  how: 'drop' | 'paste',
  bytes: Buffer,
): Promise<void> {
  await person.page.getByRole('group', { name: group }).evaluate(
    (fields, { how, base64 }) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      data.items.add(new File([content], 'poster.jpg', { type: 'image/jpeg' }));
      const target = fields.querySelector('input[type=file]') as HTMLElement;
      const common = { bubbles: true, cancelable: true };
      target.dispatchEvent(
        how === 'drop'
          ? new DragEvent('drop', { ...common, dataTransfer: data })
          : new ClipboardEvent('paste', { ...common, clipboardData: data }),
      );
    },
    { how, base64: bytes.toString('base64') },
  );
}
