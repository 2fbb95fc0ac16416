import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'
import shared from './locales/en.json'
import { remember, remembered } from './remember'

/** The languages of the pages, each named in itself. */
export const languages = { en: 'English', es: 'Español', ja: '日本語' } as const
export type Language = keyof typeof languages
const known = Object.keys(languages) as Language[]

type Texts = Record<string, unknown>
/** The texts of a page: English at once, the others when somebody reads them. */
export interface PageTexts {
  en: Texts
  load: Record<Exclude<Language, 'en'>, () => Promise<{ default: Texts }>>
}

const sharedTexts: PageTexts['load'] = {
  es: () => import('./locales/es.json'),
  ja: () => import('./locales/ja.json'),
}

/** Starts i18next with the language chosen here before, else the browser's. */
export async function startI18n(page: PageTexts) {
  await i18next.use(initReactI18next).init({
    fallbackLng: 'en',
    ns: ['page', 'shared'],
    defaultNS: 'page',
    resources: { en: { page: page.en, shared } },
    interpolation: { escapeValue: false }, // React escapes
  })
  i18next.on('languageChanged', (language) => {
    document.documentElement.lang = language
    document.title = i18next.t('title')
  })
  const load = async (language: Language) => {
    if (language !== 'en' && !i18next.hasResourceBundle(language, 'page')) {
      const [own, common] = await Promise.all([page.load[language](), sharedTexts[language]()])
      i18next.addResourceBundle(language, 'page', own.default)
      i18next.addResourceBundle(language, 'shared', common.default)
    }
    await i18next.changeLanguage(language)
  }
  chooseLanguage = async (language) => {
    await load(language)
    remember('language', language)
  }
  await load(preferred([remembered('language') ?? '', ...navigator.languages]))
}

/** Changes the language of the page and remembers it. */
export let chooseLanguage: (language: Language) => Promise<void> = () => Promise.resolve()

/** The first of the wanted languages that the pages speak; English when there is none. */
export function preferred(wanted: readonly string[]): Language {
  for (const tag of wanted) {
    const language = known.find((l) => tag.toLowerCase().split('-')[0] === l)
    if (language) return language
  }
  return 'en'
}
