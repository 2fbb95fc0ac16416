/** Takes a template apart as the server does (internal/render/template.go), so that an editor can mark its parts at once. */

export type Macro = 'code' | 'org.name'
export type Fault = 'unknown-macro' | 'macro-without-dollar' | 'unbalanced-brace'

/** A run of a text: words as they stand, a macro, or what is wrong. */
export interface Span {
  text: string
  macro?: Macro
  fault?: Fault
}

const macroOf = (name: string): Macro | undefined => (name === 'code' || name === 'org.name' ? name : undefined)

/** The spans of a text, which together are the whole of it. */
export function spansOf(text: string): Span[] {
  const marks: (Omit<Span, 'text'> & { from: number; to: number })[] = []
  let opened = -1
  for (let i = 0; i < text.length;) {
    if (text.startsWith('${', i)) {
      const name = /^[^{}$\n]*/.exec(text.slice(i + 2))?.[0] ?? ''
      const end = i + 2 + name.length
      if (text[end] !== '}') {
        marks.push({ from: i, to: i + 2, fault: 'unbalanced-brace' })
        i += 2
        continue
      }
      const macro = macroOf(name)
      marks.push({ from: i, to: end + 1, ...(macro ? { macro } : { fault: 'unknown-macro' }) })
      i = end + 1
      continue
    }
    if (text[i] === '{') {
      if (opened >= 0) marks.push({ from: opened, to: opened + 1, fault: 'unbalanced-brace' })
      opened = i
    } else if (text[i] === '}') {
      if (opened < 0) marks.push({ from: i, to: i + 1, fault: 'unbalanced-brace' })
      else if (macroOf(text.slice(opened + 1, i)))
        marks.push({ from: opened, to: i + 1, fault: 'macro-without-dollar' })
      opened = -1
    }
    i++
  }
  if (opened >= 0) marks.push({ from: opened, to: opened + 1, fault: 'unbalanced-brace' })
  return cut(text, marks)
}

function cut(text: string, marks: (Omit<Span, 'text'> & { from: number; to: number })[]): Span[] {
  const spans: Span[] = []
  let at = 0
  for (const { from, to, ...what } of marks.sort((a, b) => a.from - b.from)) {
    if (from < at) continue
    if (from > at) spans.push({ text: text.slice(at, from) })
    spans.push({ text: text.slice(from, to), ...what })
    at = to
  }
  if (at < text.length) spans.push({ text: text.slice(at) })
  return spans
}

/** The text with its macros filled; what is wrong stays as it stands. */
export function fill(text: string, values: Record<Macro, string>): string {
  return spansOf(text)
    .map((span) => (span.macro ? values[span.macro] : span.text))
    .join('')
}
