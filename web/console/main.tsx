import { RouterProvider } from 'react-router/dom'
import { mount } from '../shared/mount'
import './page.css'
import en from './locales/en.json'
import { router } from './routes'
import { newQueries } from './session/queries'

void mount(
  <RouterProvider router={router} />,
  {
    en,
    load: {
      es: () => import('./locales/es.json'),
      ja: () => import('./locales/ja.json'),
    },
  },
  newQueries(),
)
