import { useTranslation } from 'react-i18next'
import { NavLink } from 'react-router'
import classes from './Frame.module.css'
import { type GroupKey, pages } from './pages'

const groups = [...new Set(pages.map(({ group }) => group))]

export function Menu() {
  return (
    <div className={classes.menu}>
      {groups.map((group) => (
        <Group key={group ?? ''} group={group} />
      ))}
    </div>
  )
}

function Group({ group }: { group: GroupKey | undefined }) {
  const { t } = useTranslation()
  return (
    <>
      {group && <div className={classes.group}>{t(`menu.${group}`)}</div>}
      <ul>
        {pages
          .filter((page) => page.group === group)
          .map(({ key, path, icon: Icon }) => (
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
