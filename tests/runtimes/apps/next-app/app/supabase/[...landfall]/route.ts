import { handlers } from 'landfall/next'
import { supabase } from '../../../lib/supabase'

export const { GET, POST } = handlers(supabase)
