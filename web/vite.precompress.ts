import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const compressible = /\.(js|css|svg|json|webmanifest)$/
/** The first load of a page, compressed by gzip, stays below this many bytes. */
const firstLoadBudget = 250_000

/**
 * Leaves FILE.br and FILE.gz beside each text file of the build, and fails the build when what index.html loads at
 * once grows above the budget.
 */
export function precompress(): Plugin {
  let dir = ''
  return {
    name: 'hookswitch-precompress',
    apply: 'build',
    configResolved(config) {
      dir = config.build.outDir
    },
    async closeBundle() {
      const html = await readFile(join(dir, 'index.html'), 'utf8')
      let firstLoad = 0
      for (const found of await readdir(dir, { recursive: true })) {
        if (!compressible.test(found)) continue
        const path = join(dir, found)
        const text = await readFile(path)
        const zipped = await promisify(gzip)(text, { level: 9 })
        await writeFile(`${path}.gz`, zipped)
        const quality = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY }
        await writeFile(`${path}.br`, await promisify(brotliCompress)(text, { params: quality }))
        if (html.includes(found.replaceAll('\\', '/'))) firstLoad += zipped.length
      }
      if (firstLoad > firstLoadBudget) throw new Error(`first load: ${firstLoad} bytes, budget ${firstLoadBudget}`)
      console.log(`first load: ${(firstLoad / 1000).toFixed(1)} kB gzipped`)
    },
  }
}
