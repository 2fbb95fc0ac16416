import { UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { IconLock, IconMessage, IconPhone } from '../../shared/icons'
import { isMissed, type Phone } from '../state/desk'
import classes from './TabBar.module.css'

export type Tab = 'messages' | 'calls' | 'lock'
const icons = { messages: IconMessage, calls: IconPhone, lock: IconLock }

export function TabBar({ tab, onTab, phone }: { tab: Tab; onTab: (tab: Tab) => void; phone: Phone }) {
  const { t } = useTranslation()
  const missed = phone.calls.filter(isMissed).length
  return (
    <nav className={classes.bar} aria-label={t('device.tabs')}>
      {(['messages', 'calls', 'lock'] as const).map((name) => {
        const Icon = icons[name]
        return (
          <UnstyledButton
            key={name}
            className={classes.tab}
            aria-current={tab === name ? 'page' : undefined}
            onClick={() => onTab(name)}
          >
            <Icon size={22} />
            <span>{t(`device.${name}`)}</span>
            {name === 'calls' && missed > 0 && (
              <>
                <span className={classes.badge} aria-hidden="true">
                  {missed}
                </span>
                <VisuallyHidden>{t('calls.missedCount', { count: missed })}</VisuallyHidden>
              </>
            )}
          </UnstyledButton>
        )
      })}
    </nav>
  )
}
