import { useEffect, useRef, useState } from 'react';
import { useNowMs } from '../../ui/clock.ts';
import { isWorthSaying, nothingSaid } from './announce.ts';
import type { Stage } from './stage.ts';
import { t } from './words.ts';

/** Tells a screen reader what has changed: each stage at once, and the people ahead every two minutes at most. */
export function Announcement({ stage, ahead }: { stage: Stage; ahead: number | null }) {
  const nowMs = useNowMs(5000);
  // What the page shows first is read with the page.
  const said = useRef({ ...nothingSaid, stage, ahead, atMs: nowMs });
  const [text, setText] = useState('');
  useEffect(() => {
    if (!isWorthSaying(said.current, { stage, ahead }, nowMs)) return;
    said.current = { stage, ahead, atMs: nowMs };
    setText(textOf(stage, ahead));
  }, [stage, ahead, nowMs]);
  return (
    <p role="status" className="sr-only">
      {text}
    </p>
  );
}

function textOf(stage: Stage, ahead: number | null): string {
  switch (stage) {
    case 'join':
      return t('ended_other');
    case 'before_draw':
      return t('inDraw');
    case 'waiting':
      return t('ahead', { count: ahead ?? 0 });
    default:
      return t(stage);
  }
}
