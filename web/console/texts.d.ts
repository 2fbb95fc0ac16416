import type sharedTexts from '../shared/locales/en.json'
import type pageTexts from './locales/en.json'

// The compiler checks every key of t('...') against the English texts.
declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'page'
    resources: { page: typeof pageTexts; shared: typeof sharedTexts }
  }
}
