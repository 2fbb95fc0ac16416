import { readFileSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'

type Texts = { [key: string]: string | Texts }

/** Every text by its dotted key; plural forms (one, many, other) count as one. */
function flatten(texts: Texts, prefix = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string'
        ? [[prefix + key.replace(/_(one|many|other)$/, ''), value]]
        : Object.entries(flatten(value, `${prefix}${key}.`)),
    ),
  )
}

const holes = (text: string | undefined) => [...(text ?? '').matchAll(/{{\w+}}/g)].map(([hole]) => hole).sort()
const read = (dir: string, file: string) =>
  flatten(JSON.parse(readFileSync(new URL(`../${dir}/locales/${file}`, import.meta.url), 'utf8')) as Texts)

test.each(['shared', 'phones', 'console'])('%s: every language has every text, with the same holes', (dir) => {
  const english = read(dir, 'en.json')
  const files = readdirSync(new URL(`../${dir}/locales`, import.meta.url))
  expect(files.sort()).toEqual(['en.json', 'es.json', 'ja.json'])
  for (const file of files) {
    const texts = read(dir, file)
    expect(Object.keys(texts).sort(), file).toEqual(Object.keys(english).sort())
    for (const [key, text] of Object.entries(texts)) expect(holes(text), `${file} ${key}`).toEqual(holes(english[key]))
  }
})
