import { createBrowserRouter } from 'react-router'
import { Frame } from './frame/Frame'
import { Broken } from './frame/Broken'
import { Missing } from './frame/Missing'
import { SignInPage } from './session/SignInPage'

/** Each page is loaded when it is opened first. */
export const router = createBrowserRouter([
  { path: '/login', element: <SignInPage />, errorElement: <Broken /> },
  { path: '/setup', lazy: () => import('./session/SetupPage'), errorElement: <Broken /> },
  {
    element: <Frame />,
    errorElement: <Broken />,
    children: [
      {
        errorElement: <Broken />,
        children: [
          { path: '/', lazy: () => import('./dashboard/DashboardPage') },
          { path: '/directory/people', lazy: () => import('./people/PeoplePage') },
          { path: '/directory/people/:id', lazy: () => import('./people/PersonPage') },
          { path: '/customizations/telephony-providers', lazy: () => import('./providers/ProvidersPage') },
          { path: '/customizations/sms', lazy: () => import('./messages/SmsPage') },
          { path: '/customizations/sms/:kind/:key', lazy: () => import('./messages/EditorPage') },
          { path: '/workflow/inline-hooks', lazy: () => import('./hooks/HooksPage') },
          { path: '/reports/system-log', lazy: () => import('./log/LogPage') },
          { path: '/reports/system-log/:uuid', lazy: () => import('./log/EventPage') },
          { path: '/security/api-tokens', lazy: () => import('./tokens/TokensPage') },
          { path: '*', element: <Missing /> },
        ],
      },
    ],
  },
])
