import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './Icon.tsx';

interface Props {
  title: string;
  closeLabel: string;
  onClose: () => void;
  children: ReactNode;
  footer?: ReactNode;
  /** Only its button closes it: it shows something that is shown once. */
  stays?: boolean;
}

/**
 * The platform's modal dialog: it traps the focus, closes on Escape, makes the page behind it inert and gives
 * the focus back. A sheet from below on a phone, a card in the middle elsewhere. Render it while it is open.
 */
export function Dialog({ title, closeLabel, onClose, children, footer, stays }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  /** A tap that opens the dialog ends in a click on its backdrop, which must not close it. */
  const pressed = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    dialog?.showModal();
    return () => dialog?.close();
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape is the keyboard's way, the click is on the backdrop
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        if (!stays) onClose();
      }}
      onClose={() => {
        // The browser heeds a refused Escape once, and closes at the second.
        if (stays && ref.current?.isConnected) ref.current.showModal();
      }}
      onPointerDown={(event) => {
        pressed.current = event.target === ref.current;
      }}
      onClick={(event) => {
        if (event.target === ref.current && pressed.current && !stays) onClose();
      }}
      className="fixed inset-x-0 bottom-0 top-auto m-0 w-full max-w-none rounded-t-3xl bg-raised p-0 text-ink shadow-lift animate-[rise_200ms_var(--ease-calm)] sm:inset-0 sm:m-auto sm:max-w-lg sm:rounded-3xl"
    >
      <div className="max-h-[85dvh] overflow-y-auto p-6 pb-[max(1.5rem,env(safe-area-inset-bottom))]">
        <div className="mb-4 flex items-start justify-between gap-4">
          <h2 id={titleId} className="text-xl font-bold tracking-tight">
            {title}
          </h2>
          <button
            type="button"
            onClick={onClose}
            aria-label={closeLabel}
            className="-me-2 -mt-2 grid size-11 place-items-center rounded-full hover:bg-sunken"
          >
            <Icon name="cross" />
          </button>
        </div>
        {children}
        {footer && <div className="mt-6 flex flex-wrap justify-end gap-3 max-sm:*:grow">{footer}</div>}
      </div>
    </dialog>
  );
}
