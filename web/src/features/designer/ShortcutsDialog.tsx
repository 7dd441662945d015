import { Dialog } from '../../ui/Dialog.tsx';
import { tools } from './desk.ts';
import { toolKeys } from './use-shortcuts.ts';
import { t } from './words.ts';

/** Every key of the designer. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const keys: [string, string][] = [
    ...tools.map((tool): [string, string] => [toolKeys[tool], t(`tool.${tool}`)]),
    ['Enter', t('key.draw')],
    ['N · P', t('key.next')],
    ['← ↑ ↓ →', t('key.arrows')],
    ['Shift + ←', t('key.shiftArrows')],
    ['Ctrl + ←', t('key.listArrows')],
    ['Ctrl + Z', t('undo')],
    ['Ctrl + Shift + Z', t('redo')],
    ['Ctrl + D', t('copy')],
    ['Ctrl + C · X · V', t('key.clipboard')],
    ['Ctrl + A', t('key.all')],
    ['Delete', t('remove')],
    ['[ · ]', t('key.turn')],
    ['M', t('mirror')],
    ['Shift + M', t('flip')],
    ['< · >', t('key.size')],
    ['{ · }', t('key.order')],
    ['+ · - · 0', t('key.zoom')],
    ['Alt', t('key.noSnap')],
    ['Esc', t('key.escape')],
    ['?', t('shortcuts')],
  ];
  return (
    <Dialog title={t('shortcuts')} closeLabel={t('close')} onClose={onClose}>
      <p className="mb-3 text-sm text-muted">{t('keysWhere')}</p>
      <dl className="divide-y divide-line">
        {keys.map(([key, does]) => (
          <div key={key} className="flex items-baseline justify-between gap-4 py-1.5">
            <dt className="min-w-0 wrap-anywhere">{does}</dt>
            <dd className="shrink-0">
              <kbd dir="ltr" className="rounded border border-line bg-sunken px-1.5 py-0.5 font-mono text-sm">
                {key}
              </kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
