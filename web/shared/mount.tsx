import { localStorageColorSchemeManager, MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { type PageTexts, startI18n } from './i18n'
import './mantine.css'
import { styleNonce } from './nonce'
import { theme } from './theme'

/** Puts a page on the screen, inside what every page needs: texts, theme, nonce, queries. */
export async function mount(page: ReactNode, texts: PageTexts, queries = new QueryClient()) {
  const nonce = styleNonce()
  // react-remove-scroll, inside Mantine's drawers, asks this name for the nonce of its <style>.
  Object.assign(window, { __webpack_nonce__: nonce })
  await startI18n(texts)
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <MantineProvider
        theme={theme}
        defaultColorScheme="auto"
        colorSchemeManager={localStorageColorSchemeManager({ key: 'hookswitch.scheme' })}
        getStyleNonce={() => nonce}
      >
        <QueryClientProvider client={queries}>{page}</QueryClientProvider>
      </MantineProvider>
    </StrictMode>,
  )
}
