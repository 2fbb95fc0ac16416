import { entry } from '../vite.entry'

const server = `http://${process.env.HOOKSWITCH_LISTEN ?? '127.0.0.1:8080'}`

export default entry('console', server, ['^/api/'])
