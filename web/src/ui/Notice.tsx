import type { ReactNode } from 'react';
import { Icon, type IconName } from './Icon.tsx';

type Tone = 'info' | 'good' | 'warn' | 'bad';

const tones: Record<Tone, { box: string; icon: IconName }> = {
  info: { box: 'bg-accent-soft text-ink', icon: 'info' },
  good: { box: 'bg-good-soft text-good', icon: 'check' },
  warn: { box: 'bg-warn-soft text-warn', icon: 'clock' },
  bad: { box: 'bg-bad-soft text-bad', icon: 'warning' },
};

interface Props {
  tone?: Tone;
  title?: string;
  /** Announced as soon as it appears. */
  live?: boolean;
  children?: ReactNode;
  className?: string;
}

export function Notice({ tone = 'info', title, live = false, children, className = '' }: Props) {
  const { box, icon } = tones[tone];
  return (
    <div
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
      className={`flex gap-3 rounded-field px-4 py-3 ${box} ${className}`}
    >
      <Icon name={icon} className="mt-0.5" />
      <div className="min-w-0 flex-1 text-[0.9375rem]">
        {title && <p className="font-semibold">{title}</p>}
        {children}
      </div>
    </div>
  );
}
