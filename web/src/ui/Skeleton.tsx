/** A placeholder with the size of the later content, so that nothing moves when the content arrives. */
export function Skeleton({ className = '' }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`block rounded-field bg-sunken animate-[breathe_1.8s_ease-in-out_infinite] ${className}`}
    />
  );
}
