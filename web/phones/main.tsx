import { mount } from '../shared/mount'
import { App } from './App'
import en from './locales/en.json'
import './page.css'

void mount(<App />, {
  en,
  load: {
    es: () => import('./locales/es.json'),
    ja: () => import('./locales/ja.json'),
  },
})
