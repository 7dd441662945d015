import { restrictedPath } from './seat-signs.ts';

/** The sign of a restricted view. There is always text beside it. */
export const RestrictedSign = ({ size }: { size: number }) => (
  <svg
    viewBox="0 0 24 24"
    width={size}
    height={size}
    fill="none"
    stroke="currentColor"
    strokeWidth={2}
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    className="shrink-0"
  >
    <path d={restrictedPath} />
  </svg>
);
