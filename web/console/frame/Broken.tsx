import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Empty } from '../elements/Empty'

/** Stands where a page failed: most often its file is gone because the server was upgraded, and a reload helps. */
export function Broken() {
  const { t } = useTranslation()
  return (
    <Empty title={t('broken.title')} level={1} text={t('broken.text')}>
      <Button onClick={() => location.reload()}>{t('broken.reload')}</Button>
    </Empty>
  )
}
