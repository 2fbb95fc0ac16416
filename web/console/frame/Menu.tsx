import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import { useMay } from '../session/may'
import classes from './Frame.module.css'
import { type GroupKey, type Page, pages } from './pages'

/** The pages that whoever is in may open. */
export function Menu() {
  const may = useMay()
  const open = pages.filter(({ right }) => may(right))
  const groups = [...new Set(open.map(({ group }) => group))]
  return (
    <div className={classes.menu}>
      {groups.map((group) => (
        <Group key={group ?? ''} group={group} pages={open.filter((page) => page.group === group)} />
      ))}
    </div>
  )
}

function Group({ group, pages }: { group: GroupKey | undefined; pages: readonly Page[] }) {
  const { t } = useTranslation()
  return (
    <>
      {group && <div className={classes.group}>{t(`menu.${group}`)}</div>}
      <ul>
        {pages.map(({ key, path, icon: Icon }) => (
          <li key={key}>
            <NavLink to={path} end={path === '/'} className={classes.link}>
              <Icon size={17} />
              {t(`page.${key}`)}
            </NavLink>
          </li>
        ))}
      </ul>
    </>
  )
}
