import react from '@vitejs/plugin-react'
import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfigExport } from 'vite'
import { precompress } from './vite.precompress'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/**
 * The build of one entry: the directory web/NAME, built into internal/ui/dist/NAME, whose files internal/ui serves at
 * /assets/NAME/. `api` lists the paths (as regular expressions) that `npm run dev` passes on to a running Hookswitch at
 * `server`.
 */
export function entry(name: string, server: string, api: string[]): UserConfigExport {
  return defineConfig({
    root: here(`./${name}`),
    base: `/assets/${name}/`,
    // Every file has a hash in its name, so that it can be cached for ever; files in a public directory would not.
    publicDir: false,
    plugins: [react(), precompress()],
    build: {
      outDir: here(`../internal/ui/dist/${name}`),
      assetsDir: '',
      emptyOutDir: true,
      // The first versions with the CSS function light-dark().
      target: ['chrome123', 'firefox120', 'safari17.5'],
      // The Content-Security-Policy knows no data: addresses.
      assetsInlineLimit: 0,
      chunkSizeWarningLimit: 1000, // precompress() watches what counts: the bytes of the first load
      reportCompressedSize: false,
    },
    server: { proxy: Object.fromEntries(api.map((path) => [path, { target: server }])) },
  })
}
