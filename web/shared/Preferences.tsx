import {
  ActionIcon,
  type MantineColorScheme,
  NativeSelect,
  Popover,
  SegmentedControl,
  useMantineColorScheme,
} from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { chooseLanguage, type Language, languages } from './i18n'
import { IconSliders } from './icons'
import classes from './Preferences.module.css'

const schemes: MantineColorScheme[] = ['light', 'dark', 'auto']

/** How one likes to see a page: its language, and light or dark. */
export function Preferences() {
  const { t, i18n } = useTranslation('shared')
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Popover position="bottom-end" width={280} trapFocus withArrow>
      <Popover.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('preferences')}>
          <IconSliders />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('preferences')}>
        <div className={classes.form}>
          <NativeSelect
            label={t('language')}
            value={i18n.language}
            onChange={(event) => void chooseLanguage(event.currentTarget.value as Language)}
            data={Object.entries(languages).map(([value, label]) => ({ value, label }))}
            data-autofocus
          />
          <div>
            <div className={classes.label} aria-hidden="true">
              {t('scheme')}
            </div>
            <SegmentedControl
              fullWidth
              value={colorScheme}
              onChange={setColorScheme}
              aria-label={t('scheme')}
              data={schemes.map((value) => ({ value, label: t(value) }))}
            />
          </div>
        </div>
      </Popover.Dropdown>
    </Popover>
  )
}
