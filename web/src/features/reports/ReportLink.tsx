import { Link } from '@tanstack/react-router';
import { paths } from '../../paths.ts';
import { t } from './words.ts';

/** The way from the page of an event to reporting it. */
export function ReportLink({ slug }: { slug: string }) {
  return (
    <p className="mt-10">
      <Link
        to={paths.report}
        params={{ ref: slug }}
        className="inline-flex min-h-11 items-center text-sm text-muted underline underline-offset-4"
      >
        {t('link')}
      </Link>
    </p>
  );
}
