import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  // Links are relative: the service may stand behind any path prefix.
  base: './',
  publicDir: false,
  plugins: [react(), compressed()],
  worker: { format: 'es', rolldownOptions: { output: { entryFileNames: 'assets/[name]-[hash].js', hashCharacters: 'hex' } } },
  build: {
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 4000,
    license: { fileName: 'licences.md' },
    rolldownOptions: {
      input: { explorer: 'explorer.html', map: 'src/map.js' },
      output: {
        hashCharacters: 'hex',
        entryFileNames: 'assets/[name]-[hash].js',
        chunkFileNames: 'assets/[name]-[hash].js',
        assetFileNames: 'assets/[name]-[hash][extname]',
      },
      onwarn(warning, warn) {
        // Marks of the React compiler, which bundlers do not know.
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning);
      },
    },
  },
});

/** Puts the licences together, and compresses once what would otherwise be compressed for every visitor. */
function compressed() {
  const squeeze = [
    ['gz', (bytes) => promisify(gzip)(bytes, { level: 9 })],
    ['br', (bytes) => promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } })],
  ];
  return {
    name: 'compressed',
    async writeBundle({ dir }) {
      // The crates of the program come first.
      const crates = await readFile(new URL('../explorer/plain/licences.md', import.meta.url), 'utf8');
      const licences = join(dir, 'licences.md');
      await writeFile(licences, `${crates}\n${await readFile(licences, 'utf8')}`);
      const names = await readdir(dir, { recursive: true });
      for (const name of names.filter((name) => /\.(js|css|html|md|ttf|svg)$/.test(name))) {
        const bytes = await readFile(join(dir, name));
        for (const [suffix, pack] of squeeze) await writeFile(join(dir, `${name}.${suffix}`), await pack(bytes));
      }
    },
  };
}
