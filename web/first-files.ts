import type { Plugin, Rolldown } from 'vite';

/** Where people arrive from elsewhere, by a pattern of the path: the page's files and the features whose words it is written in. */
const arrivals = {
  // The front page and an event can be seen before the program has come; everything else waits for it.
  '^/$': { files: ['explore/ExplorePage.tsx', 'explore/queries.ts'], words: ['explore'], priority: 'low' },
  '^/e/[^/]+/?$': { files: ['buy/EventPage.tsx'], words: ['buy'], priority: 'low' },
  '/seats/?$': { files: ['seats/SeatsPage.tsx'], words: ['seats', 'buy'] },
  '^/e/[^/]+/queue/?$': { files: ['queue/QueuePage.tsx', 'queue/load.ts'], words: ['queue'] },
  '^/sign-in/?$': { files: ['account/SignInPage.tsx'], words: ['account'] },
  '^/sign-up/?$': { files: ['account/SignUpPage.tsx'], words: ['account'] },
  '^/orders/?$': { files: ['wallet/OrdersPage.tsx', 'wallet/queries.ts'], words: ['wallet'] },
};

/**
 * Tells first-paint.js which files the pages need where people arrive, so that they come along with the program
 * that will want them, not after it.
 */
export function firstFiles(): Plugin {
  return {
    name: 'first-files',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html, { bundle = {} }) => {
        const entry = Object.values(bundle).find((each) => each.type === 'chunk' && each.isEntry);
        const known = entry ? withImports(bundle, entry.fileName) : new Set<string>();
        const pages = Object.entries(arrivals).map(([path, { files, ...page }]) => {
          const wanted = files.flatMap((file) => [...withImports(bundle, fileNameOf(bundle, file))]);
          const urls = [...new Set(wanted)].filter((name) => !known.has(name)).map((name) => `/${name}`);
          return [path, { ...page, files: urls }];
        });
        return html.replace("data-pages='{}'", `data-pages='${JSON.stringify(Object.fromEntries(pages))}'`);
      },
    },
  };
}

function fileNameOf(bundle: Rolldown.OutputBundle, module: string): string {
  const end = `/features/${module}`;
  const chunks = Object.values(bundle).filter((each) => each.type === 'chunk');
  const found =
    chunks.find(({ facadeModuleId }) => facadeModuleId?.endsWith(end)) ??
    chunks.find(({ moduleIds }) => moduleIds.some((id) => id.endsWith(end)));
  if (!found) throw new Error(`no file of the build has ${module} in it`);
  return found.fileName;
}

/** A file, and what it imports, and what that imports. */
function withImports(
  bundle: Rolldown.OutputBundle,
  fileName: string,
  found = new Set<string>(),
): Set<string> {
  const chunk = bundle[fileName];
  if (found.has(fileName) || chunk?.type !== 'chunk') return found;
  found.add(fileName);
  for (const imported of chunk.imports) withImports(bundle, imported, found);
  return found;
}
