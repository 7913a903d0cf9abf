import { toNodeHandler } from 'landfall/node'
import { auth } from 'AUTH_MODULE'

app.use(toNodeHandler(auth))
