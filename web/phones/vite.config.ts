import { entry } from '../vite.entry'

const simulator = `http://${process.env.HOOKSWITCH_SIM_LISTEN ?? '127.0.0.1:8090'}`

export default entry('phones', simulator, ['^/phones/', '^/carriers/', '^/journal', '^/2010-04-01/'])
