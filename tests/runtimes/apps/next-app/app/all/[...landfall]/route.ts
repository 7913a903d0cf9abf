// All routes in one file; and options that are read when the first of them is asked.
import { createAuth } from 'landfall'
import { handlers } from 'landfall/next'
import { options, pathsIn } from '../../../lib/auth'

export const { GET, POST } = handlers(createAuth(() => ({ ...options, paths: pathsIn('/all') })))
