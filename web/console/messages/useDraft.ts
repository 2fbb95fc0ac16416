import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { isChanged } from '../api/client'
import { readWords, saveWords, wordsKey } from './queries'
import { changedLanguages, differs, type Stored, type Subject, type Texts } from './words'

/** What is being written over what is stored. A save that fails, or that would undo somebody else's, loses nothing. */
export function useDraft(subject: Subject, stored: Stored) {
  const queries = useQueryClient()
  const [base, setBase] = useState(stored)
  const [name, setName] = useState(stored.name)
  const [texts, setTexts] = useState<Texts>(stored.texts)
  const [theirs, setTheirs] = useState<Stored>()
  const isNew = !('purpose' in subject) && subject.template === undefined

  const save = useMutation({
    mutationFn: async () => {
      const seen = theirs ?? base
      const write = (etag: string | undefined) => saveWords(subject, name.trim(), texts, etag)
      try {
        return { stored: await write(seen.etag) }
      } catch (error) {
        if (!isChanged(error)) throw error
        const now = await readWords(subject)
        // The limits of the day belong to what was read: when only they changed, nobody is to be told.
        return differs(now, seen) ? { theirs: now } : { stored: await write(now.etag) }
      }
    },
    onSuccess: ({ stored, theirs }) => {
      setTheirs(theirs)
      if (!stored) return
      setBase(stored)
      setName(stored.name)
      setTexts(stored.texts)
    },
    onSettled: () => queries.invalidateQueries({ queryKey: wordsKey }),
  })
  const take = (whole: Stored) => {
    setBase(whole)
    setName(whole.name)
    setTexts(whole.texts)
    setTheirs(undefined)
    save.reset()
  }
  const changed = changedLanguages(base.texts, texts)
  return {
    base,
    name,
    setName,
    texts,
    setTexts,
    theirs,
    save,
    isNew,
    changed,
    isDirty: changed.length > 0 || name !== base.name,
    /** Load what somebody else saved. */
    takeTheirs: () => theirs && take(theirs),
    discard: () => take(base),
  }
}

export type Draft = ReturnType<typeof useDraft>
