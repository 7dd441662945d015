/** Stands where content will be, in its size, so that nothing moves when it comes. */
export function Skeleton({ className = '' }: { className?: string }) {
  return (
    <span
      aria-hidden="true"
      className={`block rounded-field bg-sunken animate-[breathe_1.8s_ease-in-out_infinite] ${className}`}
    />
  );
}
