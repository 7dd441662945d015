/** The look of the link at the top of a page that leads back to the page above it. */
export const backLink =
  '-ms-2 inline-flex min-h-11 items-center gap-1 rounded-full px-2 font-medium text-muted hover:text-ink';
