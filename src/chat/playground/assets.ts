import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';

/** The page's own files, read once: nothing outside this list can be asked for. */
export interface Assets {
  get(url: string): { readonly type: string; readonly body: Uint8Array } | null;
  /** The page itself, holding the token for its requests. */
  page(token: string): string;
}

const TYPES: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export async function loadAssets(): Promise<Assets> {
  const folder = path.join(import.meta.dirname, 'page');
  const files = new Map<string, { type: string; body: Uint8Array }>();
  for (const name of await readdir(folder)) {
    const type = TYPES[path.extname(name)];
    if (type) files.set(`/page/${name}`, { type, body: await readFile(path.join(folder, name)) });
  }
  // The package's map of entries leads a bundler, not us, to the build that needs none; it lies beside this one.
  const preact = path.join(path.dirname(createRequire(import.meta.url).resolve('htm/preact')), 'standalone.module.js');
  files.set('/page/preact.js', { type: TYPES['.js'] ?? '', body: await readFile(preact) });
  const page = await readFile(path.join(folder, 'index.html'), 'utf8');
  return {
    get: (url) => files.get(url) ?? null,
    page: (token) => page.replace('{{token}}', token),
  };
}
