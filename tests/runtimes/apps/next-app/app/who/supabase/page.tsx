import { supabase } from '../../../lib/supabase'
import { askSupabase } from '../actions'
import { pageOf } from '../page-of'

export default pageOf(supabase, askSupabase)
