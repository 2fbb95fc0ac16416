import { useCallback, useEffect, useState } from 'react'
import { e164 } from '../../shared/number'

const read = () => e164(location.hash.slice(1).replace(/^%2B/i, '+'))

/** The phone that the address of the page names (#+12025550123), so that a link opens it and Back leaves it. */
export function useSelection(): [string | undefined, (number: string | undefined) => void] {
  const [selected, setSelected] = useState(read)
  useEffect(() => {
    const follow = () => setSelected(read())
    window.addEventListener('hashchange', follow)
    return () => window.removeEventListener('hashchange', follow)
  }, [])
  const select = useCallback((number: string | undefined) => {
    history.pushState(null, '', number ? `#${number}` : location.pathname + location.search)
    setSelected(number)
  }, [])
  return [selected, select]
}
