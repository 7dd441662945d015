import { type OrderColumn, orderColumns } from '../../../../contract/order-columns.ts';
import { columnWords } from './OrdersTable.tsx';
import { t } from './words.ts';

/** Which columns the list of orders has. The number and the buyer are always there. */
export function ColumnChoice({
  chosen,
  set,
}: {
  chosen: readonly OrderColumn[];
  set: (columns: OrderColumn[]) => void;
}) {
  return (
    <details className="mt-2">
      <summary className="w-fit cursor-pointer py-2 font-semibold">{t('columns')}</summary>
      <fieldset className="mt-1 flex flex-wrap gap-x-6">
        <legend className="sr-only">{t('columns')}</legend>
        {orderColumns.map((column) => (
          <label key={column} className="flex min-h-11 items-center gap-2.5">
            <input
              type="checkbox"
              className="size-5 accent-accent"
              checked={chosen.includes(column)}
              onChange={({ target: { checked } }) =>
                set(orderColumns.filter((each) => (each === column ? checked : chosen.includes(each))))
              }
            />
            {t(columnWords[column])}
          </label>
        ))}
      </fieldset>
    </details>
  );
}
