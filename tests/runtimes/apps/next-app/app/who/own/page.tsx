import { auth } from '../../../lib/auth'
import { askOwn } from '../actions'
import { pageOf } from '../page-of'

export default pageOf(auth, askOwn)
