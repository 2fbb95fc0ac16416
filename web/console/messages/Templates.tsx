import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { IconPlus } from '../../shared/icons'
import { Pill } from '../elements/Pill'
import { Refused } from '../elements/Refused'
import { useMay } from '../session/may'
import { CardBody } from './CardBody'
import classes from './Messages.module.css'
import { useTemplates } from './queries'
import { pathOf } from './words'

/** The templates for every purpose, which are Okta's SMS templates. The oldest serves; the others by their id. */
export function Templates() {
  const { t } = useTranslation()
  const mayChange = useMay()('administer')
  const { data, error } = useTemplates()
  return (
    <section className={classes.templates} aria-labelledby="templates">
      <div className={classes.templatesHead}>
        <div>
          <h2 id="templates">{t('sms.every.title')}</h2>
          <p className={classes.about}>{t(data?.length ? 'sms.every.about' : 'sms.every.none')}</p>
        </div>
        {mayChange && (
          <Button
            component={Link}
            to={pathOf({ channel: 'sms', template: undefined })}
            variant="default"
            leftSection={<IconPlus size={16} />}
          >
            {t('sms.every.add')}
          </Button>
        )}
      </div>
      <Refused error={error} />
      {data && data.length > 0 && (
        <ul className={classes.cards}>
          {data.map(({ id, name, template, translations }, index) => (
            <CardBody
              key={id}
              to={pathOf({ channel: 'sms', template: id })}
              title={name}
              about={t(index === 0 ? 'sms.every.serves' : 'sms.every.byId', { id })}
              template={template}
              language={undefined}
              translations={translations}
            >
              {index === 0 && <Pill tone="accent">{t('sms.every.inUse')}</Pill>}
            </CardBody>
          ))}
        </ul>
      )}
    </section>
  )
}
