import { useEffect, useRef } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Notice } from '../../ui/Notice.tsx';
import type { DraftForm } from './EventForm.tsx';
import type { Change } from './rebase.ts';
import { fieldFor, labelOf, sayValue } from './say-change.ts';
import { t } from './words.ts';

interface Props {
  form: DraftForm;
  changes: Change[];
  /** True after a save that this refused. Then the notice takes the focus. */
  refused: boolean;
  /** Called after the person took the other person's value. */
  onTaken: (path: string[]) => void;
  /** For a form that saves by itself: a button with which the person keeps their own value. */
  keep?: { label: string; onKept: (path: string[]) => void };
}

/** What somebody else changed while this form was open, field by field. What was typed is still in the form. */
export function OthersChanges({ form, changes, refused, onTaken, keep }: Props) {
  const box = useRef<HTMLDivElement>(null);
  const count = changes.length;
  // biome-ignore lint/correctness/useExhaustiveDependencies: again for each change that arrives
  useEffect(() => {
    if (refused) box.current?.focus();
  }, [refused, count]);
  return (
    <div ref={box} tabIndex={-1} className="scroll-mt-28">
      <Notice tone="warn" title={t('conflictTitle')} live>
        <p>{t('conflictText')}</p>
        <dl className="mt-3 grid gap-3">
          {changes.map(({ path, was, now, mineToo }) => {
            const field = mineToo ? fieldFor(path, form.getValues()) : null;
            return (
              <div key={path.join(' ')} className="min-w-0">
                <dt className="font-semibold wrap-anywhere">{labelOf(path, form.getValues(), was ?? now)}</dt>
                <dd className="wrap-anywhere">
                  <Values path={path} was={was} now={now} form={form} />
                </dd>
                {mineToo && <dd className="font-medium">{t('conflictMine')}</dd>}
                {mineToo && keep && (
                  <dd>
                    <Button look="quiet" size="small" className="mt-1" onClick={() => keep.onKept(path)}>
                      {keep.label}
                    </Button>
                  </dd>
                )}
                {field && (
                  <dd>
                    <Button
                      look="quiet"
                      size="small"
                      className="mt-1"
                      onClick={() => {
                        form.setValue(field, now as never);
                        form.clearErrors(field);
                        onTaken(path);
                      }}
                    >
                      {t('takeTheirs')}
                    </Button>
                  </dd>
                )}
              </div>
            );
          })}
        </dl>
      </Notice>
    </div>
  );
}

function Values({ path, was, now, form }: Pick<Change, 'path' | 'was' | 'now'> & { form: DraftForm }) {
  if (was === undefined) return t('entryAdded');
  if (now === undefined) return t('entryRemoved');
  if (typeof was === 'object' || typeof now === 'object') return t('entryChanged');
  const [before, after] = [was, now].map((value) => sayValue(path, value, form.getValues()));
  return (
    <>
      <del className="line-clamp-4 text-muted">
        <span className="sr-only">{t('changedFrom')} </span>
        <bdi>{before}</bdi>
      </del>
      <ins className="line-clamp-4 no-underline">
        <span className="sr-only">{t('changedTo')} </span>
        <bdi>{after}</bdi>
      </ins>
    </>
  );
}
