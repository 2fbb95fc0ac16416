import { Link } from 'react-router'
import classes from './Frame.module.css'

export function Brand() {
  return (
    <Link to="/" className={classes.brand}>
      <img src={new URL('../icon.svg', import.meta.url).href} width="28" height="28" alt="" />
      Hookswitch
    </Link>
  )
}
