/** One message that a person can switch on or off. */
export function Choice({
  title,
  text,
  checked,
  onChange,
}: {
  title: string;
  text?: string;
  checked: boolean;
  onChange: (wanted: boolean) => void;
}) {
  return (
    <label className="flex items-center gap-4 py-4">
      <span className="min-w-0 flex-1">
        <span className="block font-medium">{title}</span>
        {text && <span className="block text-sm text-muted">{text}</span>}
      </span>
      <input
        type="checkbox"
        checked={checked}
        onChange={({ target }) => onChange(target.checked)}
        className="size-6 shrink-0 accent-accent"
      />
    </label>
  );
}
