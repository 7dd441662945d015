import type { ReactNode } from 'react';
import { Button } from '../../ui/Button.tsx';
import { useTitle } from '../../ui/title.ts';
import { refusalOf, refusalsOfTickets } from './refusals.ts';
import { Shape } from './Shape.tsx';
import { t } from './words.ts';

/** What a steward must know, on one sheet of paper. It needs no account, because a temp may read it the day before. */
export function GuidePage() {
  useTitle(t('guide'));
  return (
    <div className="prints-one-sheet page max-w-4xl py-8 print:max-w-none print:p-0 print:text-[0.8125rem] print:leading-snug">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 tabIndex={-1} className="text-title font-extrabold print:text-2xl">
          {t('guide')}
        </h1>
        <Button look="quiet" className="print:hidden" onClick={() => print()}>
          {t('print')}
        </Button>
      </div>
      <div className="mt-4 grid gap-x-8 gap-y-4 sm:grid-cols-2 print:mt-2 print:grid-cols-3 print:gap-x-5">
        <Part title={t('guideStart')}>
          <ol className="list-decimal space-y-1 ps-5">
            <li>{t('guideStart1')}</li>
            <li>{t('guideStart2')}</li>
            <li>{t('guideStart3')}</li>
          </ol>
        </Part>
        <Part title={t('guideScan')}>
          <p>{t('guideScan1')}</p>
          <ul className="mt-2 space-y-1">
            <Sign look="admit">{t('guideGreen')}</Sign>
            <Sign look="wait">{t('guideAmber')}</Sign>
            <Sign look="refuse">{t('guideRed')}</Sign>
          </ul>
        </Part>
        <Part title={t('guideNetwork')}>
          <ul className="list-disc space-y-1 ps-5">
            <li>{t('guideNetwork1')}</li>
            <li>{t('guideNetwork2')}</li>
            <li>{t('guideNetwork3')}</li>
          </ul>
        </Part>
      </div>
      <section className="mt-6 print:mt-3" aria-labelledby="refusals">
        <h2 id="refusals" className="text-lg font-bold print:text-sm">
          {t('guideRefusals')}
        </h2>
        <dl className="mt-2 grid gap-x-8 sm:grid-cols-2 print:mt-1 print:grid-cols-2 print:gap-x-5">
          {refusalsOfTickets.map((code) => {
            const { look, title, advice } = refusalOf(code);
            return (
              <div
                key={code}
                className="flex break-inside-avoid gap-3 border-t border-line py-2 print:py-0.5"
              >
                <Shape look={look} className="mt-0.5 size-5 shrink-0" />
                <div className="min-w-0">
                  <dt className="font-bold wrap-break-word">{t(title)}</dt>
                  <dd className="wrap-break-word">{t(advice)}</dd>
                </div>
              </div>
            );
          })}
        </dl>
      </section>
    </div>
  );
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2 className="text-lg font-bold print:text-sm">{title}</h2>
      <div className="mt-1">{children}</div>
    </section>
  );
}

function Sign({ look, children }: { look: 'admit' | 'wait' | 'refuse'; children: ReactNode }) {
  return (
    <li className="flex items-start gap-3">
      <Shape look={look} className="mt-0.5 size-6 shrink-0" />
      <span className="min-w-0">{children}</span>
    </li>
  );
}
