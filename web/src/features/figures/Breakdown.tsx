import type { FiguresRow } from '../../../../contract/dashboard.ts';
import { formatMoney } from '../../ui/Money.tsx';
import { FigureTable } from './FigureTable.tsx';
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
      <FigureTable
        caption={title}
        columns={[t('name'), ...(visits ? [t('views')] : []), t('tickets'), t('gross')]}
        rows={rows.map((row) => ({
          key: row.key,
          name: (
            <>
              <bdi>{nameOf(row)}</bdi>
              <Bar share={row.tickets / most} />
            </>
          ),
          cells: [
            ...(visits ? [formatCount(row.visits)] : []),
            formatCount(row.tickets),
            <bdi key="gross">{formatMoney(row.gross)}</bdi>,
          ],
        }))}
      />
    </section>
  );
}
