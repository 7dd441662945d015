import type { FiguresRow } from '../../../../contract/dashboard.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { formatCount } from './Tiles.tsx';
import { t } from './words.ts';

/** A bar as long as a share of its cell. The number beside it says the same. */
export function Bar({ share }: { share: number }) {
  return (
    <svg
      aria-hidden="true"
      className="h-2 w-full rtl:[transform:scaleX(-1)]"
      preserveAspectRatio="none"
      viewBox="0 0 100 1"
    >
      <rect width={100} height={1} className="fill-sunken" />
      <rect width={Math.max(0, Math.min(1, share)) * 100} height={1} className="fill-accent" />
    </svg>
  );
}

/** Figures by one property, as a table whose rows have a bar. */
export function Breakdown({
  title,
  rows,
  nameOf = ({ name }) => name,
  visits = false,
}: {
  title: string;
  rows: FiguresRow[];
  nameOf?: (row: FiguresRow) => string;
  visits?: boolean;
}) {
  if (rows.length === 0) return null;
  const most = Math.max(1, ...rows.map(({ tickets }) => tickets));
  return (
    <section className="mt-10 min-w-0">
      <h2 className="text-xl font-bold tracking-tight">{title}</h2>
      <table className="mt-3 w-full table-fixed border-y border-line text-sm tabular-nums">
        <caption className="sr-only">{title}</caption>
        <thead>
          <tr className="text-muted">
            <th scope="col" className="w-2/5 py-2 text-start font-medium wrap-anywhere">
              {t('name')}
            </th>
            {visits && (
              <th scope="col" className="py-2 ps-2 text-end font-medium wrap-anywhere">
                {t('views')}
              </th>
            )}
            <th scope="col" className="py-2 ps-2 text-end font-medium wrap-anywhere">
              {t('tickets')}
            </th>
            <th scope="col" className="py-2 ps-2 text-end font-medium wrap-anywhere">
              {t('gross')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.key} className="border-t border-line align-top">
              <th scope="row" className="py-2 text-start font-medium wrap-anywhere">
                <bdi>{nameOf(row)}</bdi>
                <Bar share={row.tickets / most} />
              </th>
              {visits && <td className="py-2 ps-2 text-end wrap-anywhere">{formatCount(row.visits)}</td>}
              <td className="py-2 ps-2 text-end wrap-anywhere">{formatCount(row.tickets)}</td>
              <td className="py-2 ps-2 text-end wrap-anywhere">
                <bdi>{formatMoney(row.gross)}</bdi>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
