/** Small choices of one browser (language, sound, what was read). Where storage is forbidden they last for the visit. */
export function remember(key: string, value: string): void {
  try {
    localStorage.setItem(`hookswitch.${key}`, value)
  } catch {
    // Private windows may refuse; the page works without.
  }
}

export function remembered(key: string): string | undefined {
  try {
    return localStorage.getItem(`hookswitch.${key}`) ?? undefined
  } catch {
    return undefined
  }
}
